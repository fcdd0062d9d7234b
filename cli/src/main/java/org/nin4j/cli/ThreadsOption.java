package org.nin4j.cli;

import org.nin4j.Engines;
import org.nin4j.engine.Engine;
import org.nin4j.engine.onednn.OneDnnEngine;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The option that says how much of the machine computes. */
final class ThreadsOption {
  private static final int MOST_THREADS = 1024;

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
}
