package org.nin4j.bench.rival;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.nin4j.Engines;
import org.nin4j.bench.result.Task;
import org.nin4j.bench.result.Work;
import org.nin4j.data.DatasetSplits;
import org.nin4j.engine.Engine;
import org.nin4j.engine.Precision;
import org.nin4j.nn.Network;
import org.nin4j.train.EpochMetrics;
import org.nin4j.train.Recipe;
import org.nin4j.train.StepRunner;
import org.nin4j.train.Trainer;

/**
 * A process that trains as the command line does, default recipe and all, and in turn computes the
 * bare gradients of a batch: {@code NETWORK SIZE BATCH PRECISION ROUNDS STEPS}, answers {@code
 * TRAINING PLAN} in images per second, a line each round. An epoch's rate does not contain its
 * test.
 */
public final class EndToEndChild {
  /** So low that random pixels, from which nothing can be learnt, do not kill the network. */
  static final double LEARNING_RATE = 1e-6;

  private EndToEndChild() {}

  /** Prints the rates. */
  public static void main(String[] args) throws IOException {
    Task task =
        new Task(args[0], Integer.parseInt(args[1]), Work.TRAINING, Integer.parseInt(args[2]));
    Precision precision = Precision.valueOf(args[3]);
    int rounds = Integer.parseInt(args[4]);
    int steps = Integer.parseInt(args[5]);
    Engine engine = Engines.oneDnn();
    try (Steps plan = new Steps(engine, task, precision)) {
      plan.imagesPerSecond(1);
      for (int i = 0; i < rounds; i++) {
        double training = train(engine, task, precision, steps);
        System.out.printf(
            Locale.ROOT, "%s%f %f%n", Protocol.ANSWER, training, plan.imagesPerSecond(steps));
      }
    }
  }

  /** The second of two epochs, so that nothing has to warm up. */
  static double train(Engine engine, Task task, Precision precision, int steps) throws IOException {
    Network network = Exercise.model(task, true).network();
    DatasetSplits data =
        new DatasetSplits(
            new RandomImages(steps * task.batch(), network.input().channels(), network.classes()),
            new RandomImages(1, network.input().channels(), network.classes()));
    Recipe recipe =
        Recipe.DEFAULT.with(
            r ->
                r.batchSize(task.batch())
                    .shards(Nin4jRival.recipe(task.batch()).shards())
                    .learningRate(LEARNING_RATE)
                    .epochs(2));
    List<EpochMetrics> history =
        new Trainer(engine, network, data, recipe)
            .precision(precision)
            .threads(ChildSettings.threads())
            .train()
            .history();
    return history.get(1).imagesPerSecond();
  }

  /** The gradients of one batch again and again, and nothing between. */
  private static final class Steps implements AutoCloseable {
    private final Exercise exercise;
    private final StepRunner runner;

    Steps(Engine engine, Task task, Precision precision) {
      exercise = Exercise.of(task, true);
      Recipe recipe = Nin4jRival.recipe(task.batch());
      runner =
          new StepRunner(
              engine,
              exercise.network(),
              precision,
              recipe,
              1,
              task.batch(),
              ChildSettings.threads());
      runner.load(exercise.model().weights());
    }

    double imagesPerSecond(int steps) {
      long start = System.nanoTime();
      for (int i = 0; i < steps; i++) {
        runner.compute(exercise.batch(), 0);
      }
      return steps * (double) exercise.count() * 1e9 / (System.nanoTime() - start);
    }

    @Override
    public void close() {
      runner.close();
    }
  }
}
