package org.nin4j.cli;

import org.nin4j.Engines;
import org.nin4j.engine.Engine;
import org.nin4j.engine.Precision;
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
   * The precision that the engine will train in, with a warning where it is not the one asked for.
   */
  Precision precision(Engine engine, CommandLine command) {
    if (precision == PrecisionChoice.INT8) {
      throw new UsageException(
          "--precision int8 is not for training; train in fp32 or bf16, then use 'nin quantize'");
    }
    return floats(engine, command);
  }

  /** The precision that the engine will run a model in, with a warning as above. */
  Precision precision(Engine engine, CommandLine command, Model model) {
    boolean quantized = model.quantization() != null;
    if (precision == PrecisionChoice.INT8 && !quantized) {
      throw new UsageException(
          "--precision int8 needs a quantized model; make one with 'nin quantize'");
    }
    boolean auto = precision == PrecisionChoice.AUTO;
    if (precision == PrecisionChoice.INT8 || (auto && quantized)) {
      return ofQuantized(engine, command);
    }
    return floats(engine, command);
  }

  /** int8; where the engine does not compute in it the fastest of floats, with a warning. */
  static Precision ofQuantized(Engine engine, CommandLine command) {
    if (engine.supports(Precision.INT8)) {
      return Precision.INT8;
    }
    Failures.warn(command, engine.description() + " does not compute in int8; going on in floats");
    return Precision.fastest(engine);
  }

  private Precision floats(Engine engine, CommandLine command) {
    if (precision == PrecisionChoice.FP32) {
      return Precision.FP32;
    }
    if (precision == PrecisionChoice.BF16 && !engine.supports(Precision.BF16)) {
      Failures.warn(
          command, engine.description() + " has no bfloat16 arithmetic here; going on in fp32");
    }
    return Precision.fastest(engine);
  }
}
