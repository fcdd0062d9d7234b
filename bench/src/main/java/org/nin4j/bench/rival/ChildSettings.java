package org.nin4j.bench.rival;

import java.nio.file.Path;

/** The settings of a child process, which its parent passes as system properties. */
public final class ChildSettings {
  /** How many threads compute. */
  public static final String THREADS = "nin4j.bench.threads";

  /** The file of the quantized model. */
  public static final String INTEGERS = "nin4j.bench.integers";

  private ChildSettings() {}

  static int threads() {
    return Integer.getInteger(THREADS, Runtime.getRuntime().availableProcessors());
  }

  static Path integers() {
    return Path.of(System.getProperty(INTEGERS));
  }
}
