package org.nin4j.train;

import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.nin4j.data.Batch;
import org.nin4j.data.DataLoader;
import org.nin4j.data.Epoch;
import org.nin4j.engine.TrainingPlan;
import org.nin4j.engine.Weights;
import org.nin4j.nn.Network;

/** The steps of an epoch: batch, forward pass, loss, backward pass, update. */
final class TrainingLoop {
  private final TrainingPlan plan;
  private final DataLoader loader;
  private final Recipe recipe;
  private final TrainingState state;
  private final BooleanSupplier stopRequested;
  private final int classes;
  private final long totalSteps;
  private final CrossEntropy loss;
  private final SeededDropout dropout;
  private final DeadStart deadStart = new DeadStart();
  private final Weights gradients;
  private final float[] logits;
  private final float[] logitsGradient;

  TrainingLoop(
      TrainingPlan plan,
      DataLoader loader,
      Recipe recipe,
      long seed,
      Network network,
      TrainingState state,
      BooleanSupplier stopRequested) {
    this.plan = plan;
    this.loader = loader;
    this.recipe = recipe;
    this.state = state;
    this.stopRequested = stopRequested;
    classes = network.classes();
    totalSteps = (long) loader.batches() * recipe.epochs();
    loss = new CrossEntropy(recipe.labelSmoothing());
    dropout = new SeededDropout(seed);
    gradients = Weights.zeros(network);
    logits = new float[Math.min(recipe.batchSize(), loader.images()) * classes];
    logitsGradient = new float[logits.length];
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
    try (Epoch epoch = loader.epoch(state.epoch(), state.batch)) {
      for (Batch batch = epoch.next(); batch != null; batch = epoch.next()) {
        step(batch);
        rate = (state.images - imagesBefore) * 1e9 / (System.nanoTime() - start);
        listener.accept(progress(rate));
        if (stopRequested.getAsBoolean() && state.batch < loader.batches()) {
          return -1;
        }
      }
    }
    return rate;
  }

  private void step(Batch batch) {
    long step = state.optimizer.steps();
    dropout.atStep(step);
    plan.forward(state.weights, batch.images(), batch.size(), dropout, logits);
    CrossEntropy.BatchLoss result =
        loss.compute(logits, batch.labels(), batch.size(), classes, logitsGradient);
    requireNumber(result.lossSum(), "loss");
    plan.backward(logitsGradient, gradients);
    double norm = GradientNorm.of(gradients);
    requireNumber(norm, "norm of the gradients");
    deadStart.check(
        gradients, state.epoch() + 1, state.batch + 1, result.lossSum() / batch.size(), classes);
    state.optimizer.step(
        state.weights,
        gradients,
        recipe.schedule().at(step, totalSteps),
        GradientNorm.clippingScale(norm, recipe.clipNorm()));
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
