package org.nin4j.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What the numbers were measured on. */
final class Machine {
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
  private static final Path MEMORY = Path.of("/proc/meminfo");

  private Machine() {}

  static void describe(Map<String, String> facts, int threads) throws IOException {
    facts.put("java", Runtime.version().toString());
    facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    facts.put("threads", Integer.toString(threads));
    put(facts, "processor", PROCESSORS, "model name");
    put(facts, "memory", MEMORY, "MemTotal");
  }

  private static void put(Map<String, String> facts, String name, Path file, String key)
      throws IOException {
    if (Files.exists(file)) {
      Files.readAllLines(file).stream()
          .filter(line -> line.startsWith(key))
          .findFirst()
          .ifPresent(line -> facts.put(name, line.substring(line.indexOf(':') + 1).strip()));
    }
  }
}
