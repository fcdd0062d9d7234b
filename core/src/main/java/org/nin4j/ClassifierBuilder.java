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

  /**
   * Sets the engine that computes; the default is {@link Engines#best()}.
   *
   * @param newEngine the engine
   * @return this builder
   */
  public ClassifierBuilder engine(Engine newEngine) {
    engine = newEngine;
    return this;
  }

  /**
   * Sets the arithmetic; the default is {@link PrecisionPolicy#forInference}: int8 for a quantized
   * model where the engine supports it, else fp32.
   *
   * @param newPrecision the arithmetic
   * @return this builder
   */
  public ClassifierBuilder precision(Precision newPrecision) {
    precision = newPrecision;
    return this;
  }

  /**
   * Sets how many images are classified at the same time; the default is the number of processors.
   * The first replica is made by {@link #build}, the others when they are needed.
   *
   * @param newReplicas how many, at least 1
   * @return this builder
   */
  public ClassifierBuilder replicas(int newReplicas) {
    replicas = newReplicas;
    return this;
  }

  /**
   * Sets how many threads compute one image; the default is 1. One replica over all processors
   * answers a single caller soonest. The bits of a result then depend on this number, and on a busy
   * machine, or with many callers, one thread for each image is faster.
   *
   * @param newThreads how many, at least 1
   * @return this builder
   */
  public ClassifierBuilder threadsPerImage(int newThreads) {
    threadsPerImage = newThreads;
    return this;
  }

  /**
   * Compiles the first replica.
   *
   * @return a classifier, which the caller closes
   * @throws InvalidModelException when the precision is int8 and the model is not quantized
   * @throws IllegalArgumentException when a number is below 1
   * @throws EngineException when the engine cannot run the model, or when there is not enough
   *     memory for all replicas
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
