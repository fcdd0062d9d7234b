package org.nin4j.cli;

import picocli.CommandLine.Option;

/** The option that says how much of the machine computes. */
final class ThreadsOption {
  private static final int MOST_THREADS = 1024;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Threads that compute, 1 to 1024; for the speed only, results do not depend on it."
              + " Default: one for each processor.")
  Integer threads;

  /**
   * How many, as asked for or one for each processor.
   *
   * @throws UsageException when too few or too many were asked for
   */
  int count() {
    if (threads == null) {
      return Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
    }
    if (threads < 1 || threads > MOST_THREADS) {
      throw new UsageException(
          "--threads must be from 1 to " + MOST_THREADS + ", but is " + threads);
    }
    return threads;
  }
}
