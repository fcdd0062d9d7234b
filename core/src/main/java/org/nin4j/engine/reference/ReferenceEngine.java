package org.nin4j.engine.reference;

import java.util.function.Supplier;
import org.nin4j.engine.Engine;
import org.nin4j.engine.EngineException;
import org.nin4j.engine.Gradients;
import org.nin4j.engine.InferencePlan;
import org.nin4j.engine.PlanArguments;
import org.nin4j.engine.Precision;
import org.nin4j.engine.Quantization;
import org.nin4j.engine.TrainingPlan;
import org.nin4j.nn.Network;

/**
 * Plain Java, on every platform. Values between layers are floats, every sum inside a layer is a
 * double: a result is within one rounding to float of the exact result of its layer. Large
 * convolutions use the threads of the common pool; the bits do not depend on their number.
 */
public final class ReferenceEngine implements Engine {
  @Override
  public String description() {
    return "reference engine (plain Java "
        + Runtime.version().feature()
        + ", fp32), "
        + Runtime.getRuntime().availableProcessors()
        + " threads";
  }

  /** {@link Precision#FP32}, and {@link Precision#INT8} by floats that lie where integers do. */
  @Override
  public boolean supports(Precision precision) {
    return precision != Precision.BF16;
  }

  @Override
  public InferencePlan compileInference(
      Network network, int batch, Precision precision, Quantization quantization) {
    requireSupported(precision);
    Quantization integers = PlanArguments.integers(precision, quantization, network);
    return compile(network, batch, () -> new ReferenceInferencePlan(network, batch, integers));
  }

  @Override
  public TrainingPlan compileTraining(
      Network network, int batch, Precision precision, Gradients gradients) {
    PlanArguments.requireTrainable(precision);
    requireSupported(precision);
    return compile(network, batch, () -> new ReferenceTrainingPlan(network, batch, gradients));
  }

  private void requireSupported(Precision precision) {
    if (!supports(precision)) {
      throw new EngineException(
          "the reference engine does not compute in " + precision + "; use fp32");
    }
  }

  private static <P> P compile(Network network, int batch, Supplier<P> plan) {
    try {
      return plan.get();
    } catch (ArithmeticException | OutOfMemoryError e) {
      throw new EngineException(
          "network '"
              + network.name()
              + "' with batch "
              + batch
              + " of "
              + network.input()
              + " does not fit into the memory of this Java process; use a smaller batch or image,"
              + " or raise -Xmx",
          e);
    }
  }
}
