package org.nin4j.train;

import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.nin4j.data.Batch;
import org.nin4j.data.DataLoader;
import org.nin4j.data.Epoch;
import org.nin4j.nn.Network;

/** The steps of an epoch: batch, loss and gradients, update. */
final class TrainingLoop {
  private final StepRunner runner;
  private final DataLoader loader;
  private final Recipe recipe;
  private final TrainingState state;
  private final BooleanSupplier stopRequested;
  private final int classes;
  private final long totalSteps;
  private final DeadStart deadStart;
  private final StepTimes times;

  TrainingLoop(
      StepRunner runner,
      DataLoader loader,
      Recipe recipe,
      Network network,
      TrainingState state,
      BooleanSupplier stopRequested) {
    this.runner = runner;
    this.loader = loader;
    this.recipe = recipe;
    this.state = state;
    this.stopRequested = stopRequested;
    classes = network.classes();
    totalSteps = (long) loader.batches() * recipe.epochs();
    deadStart = new DeadStart(network.parameters());
    times = runner.times();
    runner.load(state.weights);
  }

  /**
   * Runs the epoch under way to its end.
   *
   * @return images per second, or -1 when it was stopped before
   */
  double runEpoch(Consumer<Progress> listener) {
    long start = System.nanoTime();
    long imagesBefore = state.images;
    double rate = 0;
    times.begin();
    try (Epoch epoch = loader.epoch(state.epoch(), state.batch)) {
      for (Batch batch = epoch.next(); batch != null; batch = epoch.next()) {
        times.endImages();
        step(batch);
        rate = (state.images - imagesBefore) * 1e9 / (System.nanoTime() - start);
        listener.accept(progress(rate));
        times.endStep(batch.size());
        if (stopRequested.getAsBoolean() && state.batch < loader.batches()) {
          return -1;
        }
      }
    }
    return rate;
  }

  private void step(Batch batch) {
    StepRunner.Result result = runner.compute(batch, state.epoch());
    requireNumber(result.lossSum(), "loss");
    requireNumber(result.gradientNorm(), "norm of the gradients");
    deadStart.check(
        runner.gradients(),
        state.epoch() + 1,
        state.batch + 1,
        result.lossSum() / batch.size(),
        classes);
    runner.update(
        state.weights,
        state.optimizer,
        recipe.schedule().at(state.optimizer.steps(), totalSteps),
        GradientNorm.clippingScale(result.gradientNorm(), recipe.clipNorm()));
    state.batch++;
    state.lossSum += result.lossSum();
    state.correct += result.correct();
    state.images += batch.size();
  }

  private void requireNumber(double value, String what) {
    if (!Double.isFinite(value)) {
      throw state.diverged(
          String.format(
              Locale.ROOT,
              "the %s in epoch %d, step %d is %s",
              what,
              state.epoch() + 1,
              state.batch + 1,
              value));
    }
  }

  private Progress progress(double rate) {
    double left = (double) (recipe.epochs() - state.epoch()) * loader.images() - state.images;
    return new Progress(
        state.epoch() + 1,
        recipe.epochs(),
        state.batch,
        loader.batches(),
        state.lossSum / state.images,
        (double) state.correct / state.images,
        rate,
        left / rate);
  }
}
