package org.nin4j.spark;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;

/** A process of Spark's, or a driver, whose output goes to a file and which ends with this one. */
final class SparkProcess implements AutoCloseable {
  private static final Duration END = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(20);

  private final Process process;
  private final Path log;

  private SparkProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts a process.
   *
   * @param home the SPARK_HOME, whose jars come first in the class path
   * @param log where its output goes
   * @param classPath what follows Spark's jars in the class path
   * @param options for Java
   * @param command the class with the main method, and its arguments
   */
  static SparkProcess start(
      Path home, Path log, String classPath, List<String> options, String... command)
      throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-XX:+UseSerialGC", "-Djava.io.tmpdir=" + log.getParent()));
    line.addAll(Arrays.asList(JavaModuleOptions.defaultModuleOptionArray()));
    line.addAll(options);
    line.addAll(List.of("-cp", home.resolve("jars") + "/*" + File.pathSeparator + classPath));
    line.add(EndsWithParent.class.getName());
    line.addAll(Arrays.asList(command));
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.redirectOutput(log.toFile());
    builder.environment().put("SPARK_HOME", home.toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    builder.environment().put("SPARK_LOCAL_IP", StandaloneCluster.HOST);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return new SparkProcess(builder.start(), log);
  }

  /**
   * Waits until something stands in the log.
   *
   * @param text a regular expression
   * @param limit how long to wait
   * @return the match
   * @throws IllegalStateException when the process ends, or the time does
   */
  Matcher await(String text, Duration limit) {
    Pattern pattern = Pattern.compile(text);
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      boolean alive = process.isAlive();
      Matcher found = pattern.matcher(log());
      if (found.find()) {
        return found;
      }
      if (!alive || System.nanoTime() > end) {
        throw new IllegalStateException(
            "'" + text + "' is not in " + log + ", which says:\n" + log());
      }
      pause();
    }
  }

  /** How many lines of the log are equal to a text. */
  long lines(String text) {
    return log().lines().filter(text::equals).count();
  }

  /** What the process has written so far. */
  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Processes that this one has started: of a worker, its executors. */
  List<ProcessHandle> children() {
    return process.children().filter(ProcessHandle::isAlive).toList();
  }

  /** The process and all that it has started, as far as they are alive. */
  Stream<ProcessHandle> all() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants())
        .filter(ProcessHandle::isAlive);
  }

  /** Ends the process at once, by SIGKILL. What it has started is left. */
  void kill() {
    process.destroyForcibly();
  }

  /**
   * Waits for the end.
   *
   * @return the exit code
   * @throws IllegalStateException when it has not ended in time
   */
  int awaitEnd(Duration limit) {
    if (endsWithin(limit)) {
      return process.exitValue();
    }
    throw new IllegalStateException("a process has not ended; its log is " + log);
  }

  /** Waits, and returns whether the process has ended. */
  boolean endsWithin(Duration time) {
    try {
      return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(POLL.toMillis());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Ends the process and all that it has started. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // It has ended.
    }
    try {
      awaitEnd(END);
    } catch (IllegalStateException e) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
