package org.nin4j.conformance.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A Java process of its own, with the class path of the tests. */
final class Child implements AutoCloseable {
  private static final int LONGEST_SECONDS = 120;

  private final Process process;
  private final Path out;
  private final Path err;

  /** How a process ended, and what it said. */
  record End(int exitCode, String out, String err) {}

  private Child(ProcessBuilder builder) throws IOException {
    out = Files.createTempFile("child", ".out");
    err = Files.createTempFile("child", ".err");
    process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
  }

  /** The command line. */
  static Child nin(Path workingFolder, Object... args) throws IOException {
    List<String> jvm = List.of("-Xmx512m", "-XX:TieredStopAtLevel=1");
    return java(workingFolder, Map.of(), jvm, "org.nin4j.cli.Main", args);
  }

  /** Any class with a main method. */
  static Child java(
      Path workingFolder,
      Map<String, String> environment,
      List<String> jvmOptions,
      String mainClass,
      Object... args)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseSerialGC");
    command.add("--enable-native-access=ALL-UNNAMED"); // as the manifest of nin.jar says
    command.addAll(jvmOptions);
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(mainClass);
    Arrays.stream(args).map(Object::toString).forEach(command::add);
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(workingFolder.toAbsolutePath().toFile());
    builder.environment().putAll(environment);
    return new Child(builder);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL: the process gets no chance to do anything more. */
  void kill() {
    process.destroyForcibly();
  }

  /**
   * Ctrl-C, or SIGTERM where this process, and so its children, were started with SIGINT ignored.
   */
  void interrupt() throws IOException, InterruptedException {
    if (ignoresInterrupts()) {
      process.destroy();
    } else {
      new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    }
  }

  /** SIGTERM. */
  void terminate() {
    process.destroy();
  }

  /** As shells start what runs in the background; children inherit it. */
  private static boolean ignoresInterrupts() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return false;
    }
    String line =
        Files.readAllLines(status).stream().filter(l -> l.startsWith("SigIgn:")).findAny().get();
    return (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0; // bit 1: signal 2
  }

  /** Waits until it ends by itself, or is ended. */
  End end() throws IOException, InterruptedException {
    if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("hangs: " + read(out) + read(err));
    }
    return new End(process.exitValue(), read(out), read(err));
  }

  /** The end of a process that must succeed. */
  End succeeds() throws IOException, InterruptedException {
    End end = end();
    if (end.exitCode() != 0) {
      throw new AssertionError("exit code " + end.exitCode() + ": " + end.out() + end.err());
    }
    return end;
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    Files.deleteIfExists(out);
    Files.deleteIfExists(err);
  }
}
