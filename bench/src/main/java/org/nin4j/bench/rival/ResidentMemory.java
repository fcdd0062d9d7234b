package org.nin4j.bench.rival;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Linux says of this process's memory; 0 elsewhere. */
final class ResidentMemory {
  private static final Path STATUS = Path.of("/proc/self/status");

  private ResidentMemory() {}

  /** The most there has been, in bytes. */
  static long peak() throws IOException {
    return read("VmHWM:");
  }

  /** What there is now, in bytes. */
  static long now() throws IOException {
    return read("VmRSS:");
  }

  private static long read(String name) throws IOException {
    if (!Files.exists(STATUS)) {
      return 0;
    }
    return Files.readAllLines(STATUS).stream()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElse(0);
  }
}
