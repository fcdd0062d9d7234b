package org.nin4j;

import org.nin4j.engine.Engine;
import org.nin4j.engine.EngineException;
import org.nin4j.engine.PlanSpec;
import org.nin4j.engine.Precision;
import org.nin4j.engine.PrecisionPolicy;
import org.nin4j.error.InvalidModelException;
import org.nin4j.io.Model;

/** The options of a {@link Classifier}. */
public final class ClassifierBuilder {
  private final Model model;
  private Engine engine;
  private Precision precision;
  private int replicas = Runtime.getRuntime().availableProcessors();
  private int threadsPerImage = 1;

  ClassifierBuilder(Model model) {
    this.model = model;
  }

  /** The engine that computes; by default {@link Engines#best()}. */
  public ClassifierBuilder engine(Engine newEngine) {
    engine = newEngine;
    return this;
  }

  /**
   * The arithmetic; by default fp32, whose results are the same everywhere but for rounding, and
   * int8 for a quantized model where the engine computes it.
   */
  public ClassifierBuilder precision(Precision newPrecision) {
    precision = newPrecision;
    return this;
  }

  /**
   * How many images are classified at the same time, at least 1; by default as many as there are
   * processors. Replicas are made when they are needed.
   */
  public ClassifierBuilder replicas(int newReplicas) {
    replicas = newReplicas;
    return this;
  }

  /**
   * How many threads compute one image, at least 1; by default 1. With one replica over all
   * processors a lone caller waits the least. The bits of a result then depend on this number, and
   * on a busy machine, or with many callers, one thread an image is faster.
   */
  public ClassifierBuilder threadsPerImage(int newThreads) {
    threadsPerImage = newThreads;
    return this;
  }

  /**
   * Compiles the first replica.
   *
   * @throws InvalidModelException when the precision is int8 and the model is not quantized
   * @throws IllegalArgumentException when a number is below 1
   * @throws EngineException when the engine cannot run the model, or memory does not suffice for
   *     all replicas
   */
  public Classifier build() {
    Engine computing = engine != null ? engine : Engines.best();
    Precision arithmetic =
        precision != null
            ? precision
            : PrecisionPolicy.forInference(computing, model.quantization() != null);
    PrecisionPolicy.inferenceRefusal(arithmetic, model.quantization() != null)
        .ifPresent(
            reason -> {
              throw new InvalidModelException(reason + "; quantize it");
            });
    PlanSpec spec =
        PlanSpec.of(model.network(), 1, arithmetic, model.quantization())
            .withThreads(threadsPerImage);
    return new Classifier(model, computing, spec, replicas);
  }
}
