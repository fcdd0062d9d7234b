package org.nin4j.conformance;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command line in a process of its own. */
final class NinProcess implements AutoCloseable {
  private static final int LONGEST = 120; // seconds

  private final Process process;
  private final BufferedReader reader;
  private final List<String> output = new ArrayList<>();

  /** Starts it. */
  NinProcess(Path folder, int threads, String... args) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "org.nin4j.cli.Main"));
    command.addAll(Arrays.asList(args));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("OMP_NUM_THREADS", Integer.toString(threads));
    process = builder.start();
    reader = process.inputReader();
  }

  /** Waits until it has printed a line that begins so, or has ended. */
  NinProcess awaitLine(String beginning) throws IOException {
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      output.add(line);
      if (line.startsWith(beginning)) {
        break;
      }
    }
    return this;
  }

  /** Asks it to stop, as Ctrl-C does. */
  void stop() {
    process.toHandle().destroy(); // which leaves its output open
  }

  /** Ends it at once. */
  void kill() {
    process.toHandle().destroyForcibly();
  }

  /** Waits for its end and returns its exit code. */
  int await() throws IOException, InterruptedException {
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      output.add(line);
    }
    if (!process.waitFor(LONGEST, TimeUnit.SECONDS)) {
      throw new IOException("it has not ended; so far it has said: " + output);
    }
    return process.exitValue();
  }

  /** What it has printed so far, on both channels. */
  List<String> output() {
    return output;
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    reader.close();
  }
}
