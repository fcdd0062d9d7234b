package org.nin4j.engine.reference;

import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.nin4j.engine.Engine;
import org.nin4j.engine.EngineException;
import org.nin4j.engine.GradientPlan;
import org.nin4j.engine.Gradients;
import org.nin4j.engine.InferencePlan;
import org.nin4j.engine.PlanSpec;
import org.nin4j.engine.Precision;
import org.nin4j.engine.PreparedWeights;
import org.nin4j.engine.TrainingPlan;
import org.nin4j.engine.internal.PlanArguments;
import org.nin4j.nn.Network;

/**
 * Plain Java, on every platform. Values between layers are floats, every sum inside a layer is a
 * double: a result is within one rounding to float of the exact result of its layer. Large
 * convolutions use the threads of the common pool; the bits do not depend on their number.
 */
public final class ReferenceEngine implements Engine {
  @Override
  public String description() {
    return "reference engine (plain Java " + Runtime.version().feature() + ", fp32)";
  }

  /** {@link Precision#FP32}, and {@link Precision#INT8} by floats that lie where integers do. */
  @Override
  public boolean supports(Precision precision) {
    return precision != Precision.BF16;
  }

  /** Plain Java's speed says nothing about the machine's. */
  @Override
  public OptionalDouble measurePeak(Precision precision, int threads) {
    return OptionalDouble.empty();
  }

  /** What Java's heap can still grow by. */
  @Override
  public long freeMemory() {
    Runtime java = Runtime.getRuntime();
    return java.maxMemory() - java.totalMemory() + java.freeMemory();
  }

  @Override
  public PreparedWeights prepare(Network network) {
    return new ReferenceWeights(network);
  }

  @Override
  public InferencePlan compileInference(PlanSpec spec, PreparedWeights weights) {
    PlanArguments.requireSupported(this, spec.precision());
    ReferenceWeights own = own(weights, spec.network());
    return compile(spec, () -> new ReferenceInferencePlan(spec, own));
  }

  @Override
  public TrainingPlan compileTraining(PlanSpec spec, Gradients gradients, PreparedWeights weights) {
    PlanArguments.requireTrainable(spec.precision());
    PlanArguments.requireSupported(this, spec.precision());
    ReferenceWeights own = own(weights, spec.network());
    return compile(spec, () -> new ReferenceTrainingPlan(spec, gradients, own));
  }

  @Override
  public GradientPlan compileGradients(PlanSpec spec, PreparedWeights weights) {
    PlanArguments.requireDifferentiable(spec.precision());
    PlanArguments.requireSupported(this, spec.precision());
    ReferenceWeights own = own(weights, spec.network());
    return compile(spec, () -> new ReferenceGradientPlan(spec, own));
  }

  private static ReferenceWeights own(PreparedWeights weights, Network network) {
    return PlanArguments.requireOwn(
        weights, ReferenceWeights.class, ReferenceWeights::network, network);
  }

  private static <P> P compile(PlanSpec spec, Supplier<P> plan) {
    try {
      return plan.get();
    } catch (ArithmeticException | OutOfMemoryError e) {
      throw new EngineException(
          "network '"
              + spec.network().name()
              + "' with batch "
              + spec.batch()
              + " of "
              + spec.network().input()
              + " does not fit into the memory of this Java process; use a smaller batch or image,"
              + " or raise -Xmx",
          e);
    }
  }
}
