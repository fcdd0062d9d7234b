package org.nin4j.train;

import java.io.IOException;
import java.util.List;
import org.nin4j.data.Batch;
import org.nin4j.data.DataLoader;
import org.nin4j.data.Epoch;
import org.nin4j.train.TrainingEvent.StepDone;

/** The steps of an epoch: batch, loss and gradients, update. */
final class TrainingLoop {
  /** Receives each step and says whether there is to be another. */
  @FunctionalInterface
  interface StepObserver {
    boolean goesOn(StepDone step) throws IOException;
  }

  /**
   * How an epoch was run.
   *
   * @param completed whether it was run to its end
   * @param imagesPerSecond including the preparation of the images
   */
  record EpochRun(boolean completed, double imagesPerSecond) {}

  private final StepRunner runner;
  private final DataLoader loader;
  private final Recipe recipe;
  private final TrainingState state;
  private final List<StepCheck> checks;
  private final double totalSteps;
  private final StepTimes times;

  TrainingLoop(
      StepRunner runner,
      DataLoader loader,
      Recipe recipe,
      TrainingState state,
      List<StepCheck> checks) {
    this.runner = runner;
    this.loader = loader;
    this.recipe = recipe;
    this.state = state;
    this.checks = checks;
    totalSteps = (double) loader.batches() * recipe.epochs();
    times = runner.times();
    runner.load(state.weights);
  }

  /** Runs the epoch under way to its end, or until the observer wants no further step. */
  EpochRun runEpoch(StepObserver observer) throws IOException {
    long start = System.nanoTime();
    long imagesBefore = state.sums.images();
    double rate = 0;
    times.begin();
    try (Epoch epoch = loader.epoch(state.epoch(), state.steps())) {
      for (Batch batch = epoch.next(); batch != null; batch = epoch.next()) {
        times.endImages();
        step(batch);
        rate = (state.sums.images() - imagesBefore) * 1e9 / (System.nanoTime() - start);
        boolean goesOn = observer.goesOn(new StepDone(progress(rate)));
        times.endStep(batch.size());
        if (!goesOn && state.steps() < loader.batches()) {
          return new EpochRun(false, rate);
        }
      }
    }
    return new EpochRun(true, rate);
  }

  private void step(Batch batch) {
    StepRunner.Result result = runner.compute(batch, state.epoch());
    StepCheck.Step step =
        new StepCheck.Step(
            state.epoch() + 1,
            state.steps() + 1,
            result.lossSum() / batch.size(),
            result.gradientNorm(),
            runner.gradients());
    checks.forEach(check -> check.check(step));
    runner.update(
        state.weights,
        state.optimizer,
        recipe.schedule().rate((double) state.optimizer.steps(), totalSteps, state.schedule),
        GradientNorm.clippingScale(result.gradientNorm(), recipe.clipNorm()));
    state.add(result, batch.size());
  }

  private Progress progress(double rate) {
    double left =
        (double) (recipe.epochs() - state.epoch()) * loader.images() - state.sums.images();
    return new Progress(
        state.epoch() + 1,
        recipe.epochs(),
        state.steps(),
        loader.batches(),
        state.meanLoss(),
        state.accuracy(),
        rate,
        left / rate);
  }
}
