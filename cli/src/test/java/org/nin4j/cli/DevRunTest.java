package org.nin4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevRunTest {
  private static final Path RUNS = Path.of("runs");

  @TempDir Path folder;
  private Path data;
  private Path network;

  @BeforeEach
  void makeDataAndNetwork() throws IOException {
    data = TinyData.folder(folder.resolve("rows"), 40);
    network = TinyData.network(folder.resolve("tiny.json"));
  }

  private List<Path> everything() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.sorted().toList();
    }
  }

  @Test
  void twoStepsAndABatchOfTestImagesShowThatEverythingWorksAndNothingIsSaved() throws IOException {
    List<Path> before = everything();
    String out =
        Outcome.of("train", "--net", network, "--data", data, "--fast-dev-run", "--batch-size", 8)
            .succeeds()
            .out();
    assertTrue(out.contains(", 16 images to train on, 8 to test"), out);
    assertTrue(out.contains("epoch 1/1  loss "), out);
    assertTrue(
        out.endsWith("2 training steps and an evaluation on 8 images worked; nothing was saved\n"),
        out);
    assertEquals(before, everything());
    assertFalse(Files.exists(RUNS));
  }

  @Test
  void fewerImagesMakeFewerSteps() {
    String out =
        Outcome.of("train", "--net", network, "--data", data, "--fast-dev-run", "--profile")
            .succeeds()
            .out();
    assertTrue(out.contains(", 40 images to train on, 20 to test"), out);
    assertTrue(
        out.endsWith("1 training step and an evaluation on 20 images worked; nothing was saved\n"),
        out);
  }

  @Test
  void whatWouldFailLaterFailsHere() {
    Outcome.of("train", "--net", network, "--data", data, "--fast-dev-run", "--patience", 3)
        .fails(1, "has no validation images");
  }

  @Test
  void aRunFileCanBeTriedOutWithItsFolder() throws IOException {
    Path out = folder.resolve("out");
    Path run =
        Files.writeString(
            folder.resolve("run.yaml"),
            "net: " + network + "\ndata: " + data + "\nout: " + out + "\n");
    Outcome.of("train", run, "--fast-dev-run").succeeds();
    assertFalse(Files.exists(out));
  }

  @Test
  void thereIsNoFolderToSaveToOrToResume() throws IOException {
    Path out = folder.resolve("out");
    String complaint = "--fast-dev-run cannot be combined with --out: it saves nothing";
    Outcome.of("train", "--fast-dev-run", "--out", out).fails(2, complaint);
    Path run = Files.writeString(folder.resolve("run.yaml"), "fast_dev_run: true\nout: x\n");
    Outcome.of("train", run).fails(2, "fast_dev_run cannot be combined with --out");
    Outcome.of("train", run, "--out", out).fails(2, "fast_dev_run cannot be combined with --out");
    Outcome.of("train", "--fast-dev-run", "--resume", out)
        .fails(2, "--fast-dev-run cannot be combined with --resume");
  }
}
