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

/** The options that say what computes. */
final class EngineOptions {
  @Option(
      names = "--precision",
      paramLabel = "P",
      defaultValue = "auto",
      description =
          "auto, fp32, bf16, or int8 for a quantized model. auto is int8 for such a model, bf16 for"
              + " others, where the processor computes it, else fp32. Default: ${DEFAULT-VALUE}.")
  PrecisionChoice precision;

  @Mixin ThreadsOption threads;

  /** The engine; with a warning where it is not the fast one. */
  static Engine engine(CommandLine command) {
    return Engines.best(message -> Failures.warn(command, message));
  }

  /** How many threads compute. */
  int threads() {
    return threads.count();
  }

  /**
   * The precision to train in, with a warning where it is not the one asked for.
   *
   * @throws UsageException when nobody can train in the one asked for
   */
  Precision precision(Engine engine, CommandLine command) {
    Precision wanted = precision.asked().orElse(PrecisionPolicy.forTraining(engine));
    refuse(PrecisionPolicy.trainingRefusal(wanted), "use 'nin quantize' after the training");
    return supported(engine, wanted, PrecisionPolicy.forTraining(engine), command);
  }

  /**
   * The precision to run a model in, with a warning where it is not the one asked for.
   *
   * @throws UsageException when nobody can run the model in the one asked for
   */
  Precision precision(Engine engine, CommandLine command, Model model) {
    boolean quantized = model.quantization() != null;
    Precision best =
        quantized ? Precision.INT8 : PrecisionPolicy.fastestForInference(engine, false);
    Precision wanted = precision.asked().orElse(best);
    refuse(PrecisionPolicy.inferenceRefusal(wanted, quantized), "make one with 'nin quantize'");
    return supported(
        engine, wanted, PrecisionPolicy.fastestForInference(engine, quantized), command);
  }

  /** int8; where the engine does not compute in it, the fastest otherwise, with a warning. */
  static Precision ofQuantized(Engine engine, CommandLine command) {
    return supported(
        engine, Precision.INT8, PrecisionPolicy.fastestForInference(engine, true), command);
  }

  private static void refuse(Optional<String> refusal, String whatToDo) {
    if (refusal.isPresent()) {
      throw new UsageException("--precision: " + refusal.get() + "; " + whatToDo);
    }
  }

  private static Precision supported(
      Engine engine, Precision wanted, Precision otherwise, CommandLine command) {
    Optional<String> refusal = PrecisionPolicy.engineRefusal(engine, wanted);
    refusal.ifPresent(reason -> Failures.warn(command, reason + "; going on in " + otherwise));
    return refusal.isPresent() ? otherwise : wanted;
  }
}
