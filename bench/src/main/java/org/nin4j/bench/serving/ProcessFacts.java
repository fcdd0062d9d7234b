package org.nin4j.bench.serving;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What Linux says of a process.
 *
 * @param id of the process
 */
record ProcessFacts(long id) {
  /** The kernel counts processor time for user space in these, whatever it does inside. */
  private static final double TICKS_PER_SECOND = 100;

  private static final int USER_TIME = 11;
  private static final int SYSTEM_TIME = 12;

  /** Seconds of all its threads so far, in its own code and in the kernel's. */
  double processorSeconds() {
    return processorSeconds(read("stat"));
  }

  /**
   * @param stat such as {@code 17 (a name) S ...}
   */
  static double processorSeconds(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME]))
        / TICKS_PER_SECOND;
  }

  /** Resident memory, in bytes. */
  long residentBytes() {
    return 1024 * status(read("status"), "VmRSS:");
  }

  long threads() {
    return status(read("status"), "Threads:");
  }

  /** The number in the line that begins with the key. */
  static long status(String status, String key) {
    return status
        .lines()
        .filter(line -> line.startsWith(key))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("there is no " + key + " in /proc"));
  }

  /** Lets the JVM collect its garbage; returns the bytes of all objects that are left. */
  long liveHeapBytes() throws IOException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process process =
        new ProcessBuilder(jcmd.toString(), Long.toString(id), "GC.class_histogram").start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return total(text);
  }

  /** The bytes in the line {@code Total OBJECTS BYTES}. */
  static long total(String histogram) {
    return histogram
        .lines()
        .filter(line -> line.startsWith("Total"))
        .mapToLong(line -> Long.parseLong(line.strip().split(" +", -1)[2]))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("jcmd says: " + histogram));
  }

  private String read(String name) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(id), name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
