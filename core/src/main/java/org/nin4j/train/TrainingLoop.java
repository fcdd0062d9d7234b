package org.nin4j.train;

import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.nin4j.data.Batch;
import org.nin4j.data.DataLoader;
import org.nin4j.data.Epoch;
import org.nin4j.engine.DropoutMasks;
import org.nin4j.engine.TrainingPlan;
import org.nin4j.engine.Weights;
import org.nin4j.nn.Network;
import org.nin4j.train.TrainingProfile.Part;

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
  private final DropoutMasks masks = this::drawMask;
  private final DeadStart deadStart = new DeadStart();
  private final Weights gradients;
  private final float[] logits;
  private final float[] logitsGradient;
  private final StepTimes times;

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
    int batch = Math.min(recipe.batchSize(), loader.images());
    logits = new float[batch * classes];
    logitsGradient = new float[logits.length];
    times = new StepTimes(batch);
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
    times.end(Part.IMAGES);
    long step = state.optimizer.steps();
    dropout.atStep(step);
    plan.forward(state.weights, batch.images(), batch.size(), masks, logits);
    times.end(Part.COPIES);
    CrossEntropy.BatchLoss result =
        loss.compute(logits, batch.labels(), batch.size(), classes, logitsGradient);
    requireNumber(result.lossSum(), "loss");
    times.end(Part.LOSS);
    plan.backward(logitsGradient, gradients);
    times.end(Part.COPIES);
    double norm = GradientNorm.of(gradients);
    requireNumber(norm, "norm of the gradients");
    times.end(Part.NORM);
    deadStart.check(
        gradients, state.epoch() + 1, state.batch + 1, result.lossSum() / batch.size(), classes);
    times.end(Part.OTHER);
    state.optimizer.step(
        state.weights,
        gradients,
        recipe.schedule().at(step, totalSteps),
        GradientNorm.clippingScale(norm, recipe.clipNorm()));
    times.end(Part.UPDATE);
    state.batch++;
    state.lossSum += result.lossSum();
    state.correct += result.correct();
    state.images += batch.size();
  }

  private void drawMask(int layer, float p, float[] mask, int length) {
    long start = System.nanoTime();
    dropout.fill(layer, p, mask, length);
    times.move(Part.COPIES, Part.MASKS, System.nanoTime() - start);
  }

  /** Where the time of the steps went so far. */
  TrainingProfile profile() {
    return times.profile(plan.profile());
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
