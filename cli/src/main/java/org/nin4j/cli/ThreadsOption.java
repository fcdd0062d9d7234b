package org.nin4j.cli;

import picocli.CommandLine.Option;

/** The option {@code --threads}. */
final class ThreadsOption {
  private static final int MOST_THREADS = 1024;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Number of threads, 1 to 1024. It affects speed only, never results. Default: one per"
              + " processor.")
  Integer threads;

  /**
   * Returns the number of threads.
   *
   * @throws UsageException when the number is out of its range
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
