package org.nin4j.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.nin4j.data.Batch;
import org.nin4j.data.DataLoader;
import org.nin4j.data.DatasetSplits;
import org.nin4j.data.Epoch;
import org.nin4j.engine.Engine;
import org.nin4j.engine.Precision;
import org.nin4j.engine.Weights;
import org.nin4j.internal.Workers;
import org.nin4j.nn.Network;

/**
 * Searches for a learning rate by the learning rate range test (Smith, 2015, "Cyclical Learning
 * Rates for Training Neural Networks", section 3.3): a short training with a rate that rises
 * exponentially from step to step, from a rate at which nothing happens to one at which the loss
 * diverges. It begins like a {@link Trainer}'s training with the same recipe and seed: with the
 * same weights and the same batches. Only the recipe's schedule, epochs and patience are not used.
 *
 * <p>The loss is smoothed as in fastai's {@code lr_find}, by an exponential moving average with
 * decay 0.98 that is divided by 1 - 0.98<sup>n</sup> after n steps. The search ends early when the
 * smoothed loss exceeds 4 times its lowest value so far, or when a loss or a gradient is no longer
 * a finite number.
 *
 * <p>The result is a function of the same things as that of a training, and never of the number of
 * threads. A search keeps nothing: neither the weights nor a file.
 *
 * <pre>{@code
 * OptionalDouble rate = new LearningRateSearch(engine, network, data, recipe).run().suggestion();
 * }</pre>
 */
public final class LearningRateSearch {
  private static final double DECAY = 0.98;
  private static final double HIGHEST_RISE = 4;
  private static final int FEWEST_STEPS = 10;

  private final Trainer trainer;
  private Consumer<LearningRateCurve.Point> listener = point -> {};
  private int threads = Runtime.getRuntime().availableProcessors();
  private double lowest = 1e-7;
  private double highest = 10;
  private int steps = 100;

  /**
   * Creates a search of 100 steps from 1e-7 to 10, with seed 1, the engine's fastest precision for
   * training, and as many threads as the machine has processors.
   *
   * @param engine the engine that computes
   * @param network the network to train; see {@link Trainer}
   * @param data the data set, of which only the training images are used
   * @param recipe the hyperparameters, whose schedule is replaced
   * @throws IllegalArgumentException when the channels or the classes of the network are not those
   *     of the data
   */
  public LearningRateSearch(Engine engine, Network network, DatasetSplits data, Recipe recipe) {
    trainer = new Trainer(engine, network, data, recipe.with(r -> r.patience(OptionalInt.empty())));
  }

  /**
   * Sets the seed of the initial weights, the order of the images, the augmentation and Dropout; 1
   * by default.
   *
   * @param newSeed any number
   * @return this search
   */
  public LearningRateSearch seed(long newSeed) {
    trainer.seed(newSeed);
    return this;
  }

  /**
   * Sets the precision of the arithmetic; by default the engine's fastest one for training.
   *
   * @param newPrecision a precision that the engine supports for training
   * @return this search
   */
  public LearningRateSearch precision(Precision newPrecision) {
    trainer.precision(newPrecision);
    return this;
  }

  /**
   * Sets the number of threads; by default as many as the machine has processors. It affects speed
   * only, never the result.
   *
   * @param newThreads number of threads, at least 1
   * @return this search
   */
  public LearningRateSearch threads(int newThreads) {
    trainer.threads(newThreads);
    threads = newThreads;
    return this;
  }

  /**
   * Sets the range of the learning rate; from 1e-7 to 10 by default.
   *
   * @param newLowest the learning rate of the first step, above 0
   * @param newHighest the learning rate of the last step, above that of the first
   * @return this search
   * @throws IllegalArgumentException when a rate is out of its range
   */
  public LearningRateSearch range(double newLowest, double newHighest) {
    if (!(newLowest > 0 && newHighest > newLowest && newHighest < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "learning rates must rise from one above 0, but go from "
              + newLowest
              + " to "
              + newHighest);
    }
    lowest = newLowest;
    highest = newHighest;
    return this;
  }

  /**
   * Sets the number of steps; 100 by default. There may be more than an epoch has.
   *
   * @param newSteps number of steps, at least 10
   * @return this search
   * @throws IllegalArgumentException when the number is below 10
   */
  public LearningRateSearch steps(int newSteps) {
    if (newSteps < FEWEST_STEPS) {
      throw new IllegalArgumentException(
          "a search for a learning rate needs at least "
              + FEWEST_STEPS
              + " steps, but got "
              + newSteps);
    }
    steps = newSteps;
    return this;
  }

  /**
   * Sets a listener.
   *
   * @param newListener receives each step, on the thread that searches
   * @return this search
   */
  public LearningRateSearch listen(Consumer<LearningRateCurve.Point> newListener) {
    listener = newListener;
    return this;
  }

  /**
   * Trains on the calling thread. Each call begins again, and returns the same curve.
   *
   * @return the loss at each learning rate
   * @throws IllegalArgumentException when the number of threads is below 1
   * @throws UncheckedIOException when an image cannot be read
   * @throws org.nin4j.engine.EngineException when the engine cannot train the network, or memory
   *     does not suffice
   */
  public LearningRateCurve run() {
    Training training = trainer.prepare();
    TrainingSetup setup = training.setup();
    Recipe recipe = setup.recipe();
    DataLoader loader = training.loader();
    try (StepRunner runner = training.stepRunner(loader, new Workers(threads, "nin4j-train"))) {
      Weights weights = training.initialWeights();
      runner.load(weights);
      return new LearningRateCurve(
          steps, points(runner, loader, recipe, weights, setup.createOptimizer()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<LearningRateCurve.Point> points(
      StepRunner runner, DataLoader loader, Recipe recipe, Weights weights, Optimizer optimizer) {
    List<LearningRateCurve.Point> points = new ArrayList<>();
    double average = 0;
    double best = Double.POSITIVE_INFINITY;
    for (int epochs = 0; points.size() < steps; epochs++) {
      try (Epoch epoch = loader.epoch(epochs, 0)) {
        Batch batch = epoch.next();
        while (batch != null && points.size() < steps) {
          StepRunner.Result result = runner.compute(batch, epochs);
          double loss = result.lossSum() / batch.size();
          if (!Double.isFinite(loss) || !Double.isFinite(result.gradientNorm())) {
            return points;
          }
          int step = points.size();
          double rate = lowest * Math.pow(highest / lowest, (double) step / (steps - 1));
          average = DECAY * average + (1 - DECAY) * loss;
          double smoothed = average / (1 - Math.pow(DECAY, step + 1));
          points.add(new LearningRateCurve.Point(rate, loss, smoothed));
          listener.accept(points.get(step));
          best = Math.min(best, smoothed);
          if (smoothed > HIGHEST_RISE * best) {
            return points;
          }
          runner.update(
              weights,
              optimizer,
              rate,
              GradientNorm.clippingScale(result.gradientNorm(), recipe.clipNorm()));
          batch = epoch.next();
        }
      }
    }
    return points;
  }
}
