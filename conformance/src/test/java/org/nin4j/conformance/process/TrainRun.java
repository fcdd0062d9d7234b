package org.nin4j.conformance.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** A training of the small task by processes of the command line, in a folder of its own. */
final class TrainRun {
  static final int EPOCHS = 4;
  private static final String NO_CHECKPOINT =
      "nin: warning: there is no checkpoint yet; starting from the beginning";

  final Path folder;
  private final Path task;
  private final int threads;
  private final List<Object> begin;
  private FileTime metricsBefore;

  /**
   * @param task where {@link SmallTask} has its files; the processes work there, so that the name
   *     of the data, which is part of a model file, is the same everywhere
   * @param options of {@code nin train}
   */
  TrainRun(Path task, String name, int threads, Object... options) {
    this.task = task;
    this.threads = threads;
    folder = task.resolve(name);
    begin = new ArrayList<>(List.of("train", "--data", "data", "--out", name));
    begin.addAll(List.of("--net", "small.json", "--epochs", EPOCHS));
    begin.addAll(List.of("--batch-size", SmallTask.BATCH, "--threads", threads));
    begin.addAll(Arrays.asList(options));
  }

  /** Starts the training, or resumes it with another number of threads where its folder exists. */
  Child start() throws IOException {
    metricsBefore = metricsTime();
    return Files.exists(folder.resolve("run.json"))
        ? Child.nin(task, "train", "--resume", folder, "--threads", threads % 3 + 1)
        : Child.nin(task, begin.toArray());
  }

  /** Waits until the process started last has restored what there is and begins to compute. */
  void awaitWork(Child child) throws IOException, InterruptedException {
    while (child.isAlive() && metricsTime().equals(metricsBefore)) {
      Thread.sleep(1);
    }
  }

  /** The metrics are written anew when the training begins or goes on. */
  private FileTime metricsTime() throws IOException {
    try {
      return Files.getLastModifiedTime(folder.resolve("metrics.csv"));
    } catch (NoSuchFileException e) {
      return FileTime.fromMillis(0);
    }
  }

  /** Runs a process to the end of the training, which must print no error. */
  TrainRun finish() throws IOException, InterruptedException {
    try (Child child = start()) {
      String complaints = child.succeeds().err();
      assertEquals("", complaints.replace(NO_CHECKPOINT, "").strip(), folder.toString());
    }
    return this;
  }

  /** SHA-256 of the model file, in hexadecimal digits. */
  String digest() throws IOException, GeneralSecurityException {
    byte[] bytes = Files.readAllBytes(folder.resolve("model.safetensors"));
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  /** Names of the files in the folder that match; none before there is a folder. */
  List<String> files(String regex) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).filter(n -> n.matches(regex)).toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }
}
