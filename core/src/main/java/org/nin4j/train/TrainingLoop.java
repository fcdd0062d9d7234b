package org.nin4j.train;

import java.io.IOException;
import java.util.List;
import org.nin4j.data.Batching;
import org.nin4j.train.TrainingEvent.StepDone;

/** Runs the steps of an epoch: take a batch, compute its loss and gradients, update the weights. */
final class TrainingLoop {
  /** Receives each step and decides whether to continue. */
  @FunctionalInterface
  interface StepObserver {
    /** Returns whether to continue with the next step. */
    boolean continueAfter(StepDone step) throws IOException;
  }

  /**
   * The outcome of running an epoch.
   *
   * @param completed whether the epoch was run to its end
   * @param imagesPerSecond training images per second, including the time to prepare them
   */
  record EpochRun(boolean completed, double imagesPerSecond) {}

  /** What a step computed. */
  private record StepFigures(double loss, double learningRate, double gradientNorm) {
    StepDone done(Progress progress) {
      return new StepDone(progress, loss, learningRate, gradientNorm);
    }
  }

  private final TrainingSteps steps;
  private final Batching batching;
  private final Recipe recipe;
  private final TrainingState state;
  private final List<StepCheck> checks;
  private final double totalSteps;
  private final StepTimes times;

  TrainingLoop(
      TrainingSteps steps,
      Batching batching,
      Recipe recipe,
      TrainingState state,
      List<StepCheck> checks) {
    this.steps = steps;
    this.batching = batching;
    this.recipe = recipe;
    this.state = state;
    this.checks = checks;
    totalSteps = (double) batching.batches() * recipe.epochs();
    times = steps.times();
    steps.load(state.weights);
  }

  /** Runs the current epoch to its end, or until the observer does not want to continue. */
  EpochRun runEpoch(StepObserver observer) throws IOException {
    long start = System.nanoTime();
    long imagesBefore = state.sums.images();
    double rate = 0;
    times.beginStep();
    steps.beginEpoch(state.epoch(), state.steps());
    try {
      while (state.steps() < batching.batches()) {
        int images = batching.size(state.steps());
        StepFigures step = step(images);
        rate = (state.sums.images() - imagesBefore) * 1e9 / (System.nanoTime() - start);
        boolean continues = observer.continueAfter(step.done(progress(rate)));
        times.endStep(images);
        if (!continues && state.steps() < batching.batches()) {
          return new EpochRun(false, rate);
        }
      }
    } finally {
      steps.endEpoch();
    }
    return new EpochRun(true, rate);
  }

  private StepFigures step(int images) {
    StepRunner.Result result = steps.compute();
    StepCheck.Step step =
        new StepCheck.Step(
            state.epoch() + 1,
            state.steps() + 1,
            result.lossSum() / images,
            result.gradientNorm(),
            steps.gradients());
    checks.forEach(check -> check.check(step));
    double learningRate =
        recipe.schedule().rate((double) state.optimizer.steps(), totalSteps, state.schedule);
    steps.update(
        state.weights,
        state.optimizer,
        learningRate,
        GradientNorm.clippingScale(result.gradientNorm(), recipe.clipNorm()));
    state.add(result, images);
    return new StepFigures(step.loss(), learningRate, result.gradientNorm());
  }

  private Progress progress(double rate) {
    double left =
        (double) (recipe.epochs() - state.epoch()) * batching.used() - state.sums.images();
    return new Progress(
        state.epoch() + 1,
        recipe.epochs(),
        state.steps(),
        batching.batches(),
        state.meanLoss(),
        state.accuracy(),
        rate,
        left / rate);
  }
}
