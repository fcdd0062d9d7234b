package org.nin4j.bench.rival;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.nin4j.Classifier;
import org.nin4j.Engines;
import org.nin4j.bench.result.Contender;
import org.nin4j.bench.result.Work;
import org.nin4j.engine.Engine;
import org.nin4j.engine.PlanSpec;
import org.nin4j.engine.Precision;
import org.nin4j.engine.Weights;
import org.nin4j.io.Model;
import org.nin4j.io.Models;
import org.nin4j.train.Optimizer;
import org.nin4j.train.OptimizerConfig;
import org.nin4j.train.Recipe;
import org.nin4j.train.StepRunner;

/**
 * This library, as its command line uses it: batches in shards, images one by one on as many
 * replicas as threads; for a single image one replica over all threads.
 */
final class Nin4jRival implements Rival {
  private final Exercise exercise;
  private final int threads = ChildSettings.threads();
  private final List<AutoCloseable> open = new ArrayList<>();
  private final Precision precision;
  private final Engine engine = Engines.oneDnn();
  private Replicas replicas;
  private Classifier classifier;
  private StepRunner training;
  private Weights weights;
  private Optimizer optimizer;
  private float[] logits;
  private int classes;

  Nin4jRival(Contender contender, Exercise exercise, Work work) throws IOException {
    this.exercise = exercise;
    precision = precision(contender);
    Model model =
        precision == Precision.INT8 ? Models.read(ChildSettings.integers()) : exercise.model();
    classes = model.network().classes();
    switch (work) {
      case TRAINING -> train(model);
      case INFERENCE -> infer(model);
      case CALLERS -> answer(model);
    }
  }

  static Precision precision(Contender contender) {
    return switch (contender) {
      case NIN4J_BF16 -> Precision.BF16;
      case NIN4J_INT8 -> Precision.INT8;
      default -> Precision.FP32;
    };
  }

  private void train(Model model) {
    Recipe recipe = recipe(exercise.count());
    training =
        new StepRunner(engine, model.network(), precision, recipe, 1, exercise.count(), threads);
    open.add(training);
    weights = model.weights();
    training.load(weights);
    optimizer =
        new OptimizerConfig.Sgd(MOMENTUM, false, 0).create(model.network().parameters(), List.of());
  }

  /** With shards of 16 images, as the recipes have, but at least 4 of them where that can be. */
  static Recipe recipe(int batch) {
    int shards = Math.max(batch / 16, Math.min(4, batch));
    return Recipe.D2L.with(r -> r.batchSize(batch).shards(shards));
  }

  private void infer(Model model) {
    boolean single = exercise.count() == 1;
    PlanSpec spec =
        PlanSpec.of(model.network(), 1, precision, model.quantization())
            .withThreads(single ? threads : 1);
    replicas = new Replicas(engine, spec, single ? 1 : threads, model.weights());
    open.add(replicas);
    logits = new float[exercise.count() * classes];
  }

  private void answer(Model model) {
    classifier =
        Classifier.builder(model).engine(engine).precision(precision).replicas(threads).build();
    open.add(classifier);
    infer(model);
  }

  @Override
  public float[] infer() {
    replicas.run(exercise.images(), exercise.count(), logits);
    return logits;
  }

  @Override
  public void answer(int caller) {
    classifier.predict(exercise.decoded());
  }

  @Override
  public double step() {
    StepRunner.Result result = training.compute(exercise.batch(), 0);
    training.update(weights, optimizer, LEARNING_RATE, 1);
    return result.lossSum() / exercise.count();
  }

  @Override
  public void close() {
    for (AutoCloseable each : open) {
      try {
        each.close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
