package org.nin4j.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM of its own, to which signals are sent. */
final class ChildJvm {
  private ChildJvm() {}

  /** Returns how to start a class of these tests, or of the command line, in a folder. */
  static ProcessBuilder of(Path folder, Class<?> main, List<String> args) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath = System.getProperty("java.class.path");
    List<String> command = new ArrayList<>(List.of(java, "-cp", classPath, main.getName()));
    command.addAll(args);
    return new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
  }

  /** A shell that starts tests in the background makes them, and their children, ignore SIGINT. */
  static void assumeInterruptible() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (Files.exists(status)) {
      String line =
          Files.readAllLines(status).stream().filter(l -> l.startsWith("SigIgn:")).findAny().get();
      assumeTrue((Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) == 0);
    }
  }

  /** Does what Ctrl-C does. */
  static void interrupt(ProcessHandle process) {
    try {
      new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
