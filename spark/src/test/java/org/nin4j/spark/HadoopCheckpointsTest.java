package org.nin4j.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nin4j.engine.WeightsBits.sameBits;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nin4j.train.KillAfter;
import org.nin4j.train.Recipe;
import org.nin4j.train.StopAfter;
import org.nin4j.train.TinyTask;
import org.nin4j.train.Trainer;
import org.nin4j.train.TrainingEvent.EpochDone;
import org.nin4j.train.TrainingEvent.Warning;
import org.nin4j.train.TrainingResult;

/** A training whose driver was killed resumes from a folder of any Hadoop file system. */
class HadoopCheckpointsTest {
  private static final Recipe RECIPE = TinyTask.recipe().with(recipe -> recipe.epochs(3));
  private static final String FIRST = "checkpoint-0001-000000.safetensors";
  private static final String SECOND = "checkpoint-0002-000000.safetensors";
  private static final String THIRD = "checkpoint-0003-000000.safetensors";

  @TempDir Path folder;

  /** A file system that is not the local one, and replaces no file when it renames one. */
  static class Remote extends RawLocalFileSystem {
    @Override
    public URI getUri() {
      return URI.create(getScheme() + ":///");
    }

    @Override
    public String getScheme() {
      return "remote";
    }

    @Override
    public boolean rename(org.apache.hadoop.fs.Path from, org.apache.hadoop.fs.Path to)
        throws IOException {
      return !exists(to) && super.rename(from, to);
    }
  }

  /** Fails as HDFS does, with the stack trace of another machine in its messages. */
  static final class Full extends Remote {
    @Override
    public String getScheme() {
      return "full";
    }

    @Override
    public FSDataOutputStream create(org.apache.hadoop.fs.Path file, boolean overwrite)
        throws IOException {
      throw new IOException("no space is left\n\tat org.apache.Example.main(Example.java:1)");
    }
  }

  /** Cannot be reached. */
  static final class Down extends Remote {
    @Override
    public String getScheme() {
      return "down";
    }

    @Override
    public FileStatus[] listStatus(org.apache.hadoop.fs.Path path) throws IOException {
      throw new IOException("connection refused");
    }
  }

  private static Configuration hadoop() {
    Configuration hadoop = new Configuration();
    hadoop.setClass("fs.remote.impl", Remote.class, FileSystem.class);
    hadoop.setClass("fs.full.impl", Full.class, FileSystem.class);
    hadoop.setClass("fs.down.impl", Down.class, FileSystem.class);
    return hadoop;
  }

  private String url(String scheme) {
    return scheme + ":" + folder.resolve("checkpoints");
  }

  private HadoopCheckpoints store(String scheme, int interval) throws IOException {
    return new HadoopCheckpoints(url(scheme), interval, hadoop());
  }

  private Trainer trainer(String scheme) throws IOException {
    return TinyTask.trainer(RECIPE).store(store(scheme, 1));
  }

  private Path file(String name) {
    return folder.resolve("checkpoints").resolve(name);
  }

  /** The names of the files, without the checksums that Hadoop's local file system adds. */
  private List<String> names() throws IOException {
    try (var files = Files.list(folder.resolve("checkpoints"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.endsWith(".crc"))
          .sorted()
          .toList();
    }
  }

  private static void assertSameModel(TrainingResult expected, TrainingResult found) {
    assertTrue(sameBits(expected.model().weights(), found.model().weights()));
    assertEquals(expected.model().provenance(), found.model().provenance());
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", "remote"})
  void aTrainingThatWasKilledResumesToTheSameBits(String scheme) throws IOException {
    TrainingResult straight = TinyTask.trainer(RECIPE).train();
    KillAfter.steps(TinyTask.BATCHES + 2).run(trainer(scheme));
    assertEquals(List.of(FIRST), names());
    List<Integer> epochs = new ArrayList<>();
    Trainer resumed =
        trainer(scheme)
            .listen(
                event -> {
                  if (event instanceof EpochDone done) {
                    epochs.add(done.history().size());
                  }
                });
    assertSameModel(straight, resumed.train());
    assertEquals(List.of(2, 3), epochs);
    assertEquals(List.of(SECOND, THIRD), names());
  }

  @Test
  void aTrainingThatWasStoppedInAnEpochResumesInIt() throws IOException {
    TrainingResult straight = TinyTask.trainer(RECIPE).train();
    Trainer stopped = TinyTask.trainer(RECIPE).store(store("remote", 10));
    assertTrue(StopAfter.steps(TinyTask.BATCHES + 2).run(stopped).interrupted());
    assertEquals(List.of("checkpoint-0001-000002.safetensors"), names());
    assertSameModel(straight, trainer("remote").train());
  }

  @Test
  void aFinishedTrainingIsRestoredAtOnce() throws IOException {
    TrainingResult straight = trainer("remote").train();
    TrainingResult again = trainer("remote").train();
    assertSameModel(straight, again);
    assertEquals(straight.history(), again.history());
  }

  @Test
  void aCheckpointIsSavedEverySoManyEpochsAndAfterTheLast() throws IOException {
    KillAfter.steps(3 * TinyTask.BATCHES).run(TinyTask.trainer(RECIPE).store(store("remote", 2)));
    assertEquals(List.of(SECOND), names());
    TinyTask.trainer(RECIPE).store(store("remote", 2)).train();
    assertEquals(List.of(SECOND, THIRD), names());
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", "remote"})
  void aDamagedCheckpointIsReportedAndTheOneBeforeIsUsed(String scheme) throws IOException {
    TrainingResult straight = trainer(scheme).train();
    byte[] bytes = Files.readAllBytes(file(THIRD));
    bytes[bytes.length - 5] ^= 4;
    Files.write(file(THIRD), bytes);
    List<String> warnings = new ArrayList<>();
    Trainer resumed =
        trainer(scheme)
            .listen(
                event -> {
                  if (event instanceof Warning warning) {
                    warnings.add(warning.message());
                  }
                });
    assertSameModel(straight, resumed.train());
    assertEquals(2, warnings.size());
    assertTrue(warnings.get(0).contains(url(scheme) + "/" + THIRD), warnings.get(0));
    assertFalse(warnings.get(0).contains("\n"), warnings.get(0));
    assertEquals("falling back to " + SECOND, warnings.get(1));
    assertEquals(List.of(SECOND, THIRD, THIRD + ".damaged"), names());
  }

  @Test
  void checkpointsThatAreAllDamagedAreReported() throws IOException {
    trainer("remote").train();
    for (String name : names()) {
      Files.write(file(name), Arrays.copyOf(Files.readAllBytes(file(name)), 1000));
    }
    assertEquals(
        url("remote") + ": all checkpoints are damaged; start a new run in another folder",
        assertThrows(IOException.class, () -> trainer("remote").train()).getMessage());
  }

  @Test
  void aCheckpointOfAnotherTrainingIsRefusedWithTheDifference() throws IOException {
    trainer("remote").train();
    Trainer other = TinyTask.trainer(RECIPE, 2).store(store("remote", 1));
    assertEquals(
        url("remote")
            + "/"
            + THIRD
            + ": the checkpoint is of a training with seed 1 instead of 2; start a new run in"
            + " another folder",
        assertThrows(IOException.class, other::train).getMessage());
  }

  @Test
  void aDriverThatWasKilledWhileItWroteLeavesNothingBehind() throws IOException {
    Files.createDirectories(folder.resolve("checkpoints"));
    Files.writeString(file("." + THIRD + ".tmp"), "half");
    trainer("remote").train();
    assertEquals(List.of(SECOND, THIRD), names());
  }

  @Test
  void aFileSystemThatFailsEndsTheTrainingWithOneSentence() throws IOException {
    assertEquals(
        url("full") + "/" + FIRST + ": the checkpoint cannot be written (no space is left)",
        assertThrows(IOException.class, () -> trainer("full").train()).getMessage());
    assertEquals(List.of(), names());
    assertEquals(
        url("down") + ": the folder cannot be listed (connection refused)",
        assertThrows(IOException.class, () -> trainer("down").train()).getMessage());
    assertEquals(
        "unknown:/x: its file system cannot be used (No FileSystem for scheme \"unknown\")",
        assertThrows(IOException.class, () -> new HadoopCheckpoints("unknown:/x", 1, hadoop()))
            .getMessage());
  }

  @Test
  void whatIsNotAFolderOrAnIntervalIsRefused() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> new HadoopCheckpoints("", 1, hadoop()))
            .getMessage();
    assertTrue(message.startsWith("'' is not the path of a folder ("), message);
    assertEquals(
        "checkpointInterval must be at least 1, but is 0",
        assertThrows(IllegalArgumentException.class, () -> store("file", 0)).getMessage());
  }
}
