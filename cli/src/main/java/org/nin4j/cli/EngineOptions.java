package org.nin4j.cli;

import java.util.Optional;
import org.nin4j.Engines;
import org.nin4j.engine.Engine;
import org.nin4j.engine.Precision;
import org.nin4j.engine.PrecisionPolicy;
import org.nin4j.io.Model;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options for the precision and the threads. */
final class EngineOptions {
  static final String PRECISION = "--precision";

  @Option(
      names = PRECISION,
      paramLabel = "P",
      defaultValue = "auto",
      description =
          "Precision of the arithmetic: auto, fp32, bf16 or, for quantized models only, int8. auto is"
              + " int8 for a quantized model and bf16 otherwise, or fp32 if the processor does not"
              + " support that. Default: ${DEFAULT-VALUE}.")
  PrecisionChoice precision;

  @Mixin ThreadsOption threads;

  /** Returns the fastest engine, with a warning if it is not oneDNN. */
  static Engine engine(CommandLine command) {
    return Engines.best(message -> Failures.warn(command, message));
  }

  /** Returns the number of threads. */
  int threads() {
    return threads.count();
  }

  /**
   * Returns the precision to train in, with a warning if the engine does not support the requested
   * one.
   *
   * @throws UsageException when no engine can train in the requested precision
   */
  Precision precision(Engine engine, CommandLine command) {
    Precision wanted = precision.requested().orElse(PrecisionPolicy.forTraining(engine));
    refuse(PrecisionPolicy.trainingRefusal(wanted), "train first, and then use 'nin quantize'");
    return supported(engine, wanted, PrecisionPolicy.forTraining(engine), command);
  }

  /**
   * Returns the precision to run a model in, with a warning if the engine does not support the
   * requested one.
   *
   * @throws UsageException when no engine can run the model in the requested precision
   */
  Precision precision(Engine engine, CommandLine command, Model model) {
    boolean quantized = model.quantization() != null;
    Precision best =
        quantized ? Precision.INT8 : PrecisionPolicy.fastestForInference(engine, false);
    Precision wanted = precision.requested().orElse(best);
    refuse(PrecisionPolicy.inferenceRefusal(wanted, quantized), "quantize it with 'nin quantize'");
    return supported(
        engine, wanted, PrecisionPolicy.fastestForInference(engine, quantized), command);
  }

  /**
   * Returns int8, or the fastest other precision with a warning if the engine does not support it.
   */
  static Precision ofQuantized(Engine engine, CommandLine command) {
    return supported(
        engine, Precision.INT8, PrecisionPolicy.fastestForInference(engine, true), command);
  }

  private static void refuse(Optional<String> refusal, String whatToDo) {
    if (refusal.isPresent()) {
      throw new UsageException(PRECISION + ": " + refusal.get() + "; " + whatToDo);
    }
  }

  private static Precision supported(
      Engine engine, Precision wanted, Precision otherwise, CommandLine command) {
    Optional<String> refusal = PrecisionPolicy.engineRefusal(engine, wanted);
    refusal.ifPresent(
        reason -> Failures.warn(command, reason + "; using " + otherwise + " instead"));
    return refusal.isPresent() ? otherwise : wanted;
  }
}
