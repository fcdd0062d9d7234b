package org.nin4j.cli;

import org.nin4j.Engines;
import org.nin4j.engine.Engine;
import org.nin4j.engine.Precision;
import org.nin4j.engine.onednn.OneDnnEngine;
import org.nin4j.engine.reference.ReferenceEngine;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The options that say what computes. */
final class EngineOptions {
  private static final int MOST_THREADS = 1024;

  @Option(
      names = "--precision",
      paramLabel = "P",
      defaultValue = "auto",
      description =
          "auto, fp32 or bf16. auto is bf16 where the processor computes it, else fp32. Default:"
              + " ${DEFAULT-VALUE}.")
  PrecisionChoice precision;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads that compute, 1 to 1024. Default: one for each processor.")
  Integer threads;

  /** The engine; with a warning where it is not the fast one. */
  Engine engine(CommandLine command) {
    if (threads != null && (threads < 1 || threads > MOST_THREADS)) {
      throw new UsageException(
          "--threads must be from 1 to " + MOST_THREADS + ", but is " + threads);
    }
    Engine engine = Engines.best(message -> Failures.warn(command, message));
    if (threads != null && engine instanceof OneDnnEngine && OneDnnEngine.threads() != threads) {
      throw new UsageException(
          "--threads "
              + threads
              + " takes effect only when the launcher 'nin' starts Java; else set the environment"
              + " variable OMP_NUM_THREADS="
              + threads);
    }
    return engine;
  }

  /** The precision that the engine will run, with a warning where it is not the one asked for. */
  Precision precision(Engine engine, CommandLine command) {
    if (precision == PrecisionChoice.FP32) {
      return Precision.FP32;
    }
    if (precision == PrecisionChoice.BF16 && !engine.supports(Precision.BF16)) {
      Failures.warn(
          command,
          (engine instanceof ReferenceEngine ? "plain Java" : engine.description())
              + " has no bfloat16 arithmetic here; going on in fp32");
    }
    return Precision.fastest(engine);
  }
}
