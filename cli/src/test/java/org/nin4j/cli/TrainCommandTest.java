package org.nin4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private Path data;
  private Path network;
  private Path run;

  @BeforeEach
  void makeDataAndNetwork() throws IOException {
    data = TinyData.folder(folder.resolve("rows"), 40);
    network = TinyData.network(folder.resolve("tiny.json"));
    run = folder.resolve("runs").resolve("one");
  }

  private Outcome train(Path out, Object... more) {
    List<Object> args =
        new ArrayList<>(List.of("train", "--net", network, "--data", data, "--out", out));
    args.addAll(Arrays.asList(more));
    return Outcome.of(args.toArray());
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static byte[] model(Path run) throws IOException {
    return Files.readAllBytes(run.resolve("model.safetensors"));
  }

  @Test
  void aRunFolderContainsTheModelTheMetricsTheRecordAndTwoCheckpoints() throws IOException {
    Outcome outcome = train(run, "--epochs", 3, "--batch-size", 16, "--seed", 7).succeeds();
    assertEquals(
        List.of(
            "checkpoint-0002-000000.safetensors",
            "checkpoint-0003-000000.safetensors",
            "metrics.csv",
            "model.md",
            "model.safetensors",
            "run.json",
            "run.yaml"),
        names(run));
    List<String> metrics = Files.readAllLines(run.resolve("metrics.csv"));
    assertEquals(
        "epoch,train_loss,train_accuracy,val_loss,val_accuracy,test_loss,test_accuracy,"
            + "images_per_second",
        metrics.get(0));
    assertEquals(4, metrics.size());
    assertTrue(metrics.get(3).matches("3(,\\d+\\.\\d+){2},,(,\\d+\\.\\d+){3}"), metrics.get(3));
    JsonNode record = JSON.readTree(run.resolve("run.json").toFile());
    assertEquals("finished", record.get("status").asText());
    assertEquals(7, record.get("setup").get("seed").asInt());
    assertEquals(3, outcome.out().lines().filter(line -> line.startsWith("epoch ")).count());
    assertTrue(outcome.out().contains("the model is " + run.resolve("model.safetensors")));
  }

  @Test
  void aTrainedModelCanBeTestedAndClassifiesImages() throws IOException {
    train(run, "--epochs", 2).succeeds();
    Path model = run.resolve("model.safetensors");
    JsonNode test =
        JSON.readTree(Outcome.of("eval", "--model", model, "--format", "json").succeeds().out());
    assertEquals(TinyData.TEST_IMAGES, test.get("images").asInt());
    String[] metrics = Files.readAllLines(run.resolve("metrics.csv")).get(2).split(",", -1);
    assertEquals(Double.parseDouble(metrics[5]), test.get("loss").asDouble(), 1e-6);
    assertEquals(Double.parseDouble(metrics[6]), test.get("accuracy").asDouble(), 1e-6);
    assertTrue(test.get("class_accuracy").has("lower, or below"));

    String text = Outcome.of("eval", "--model", model, "--data", data).succeeds().out();
    assertTrue(text.startsWith("accuracy " + metrics[6].substring(0, 6)), text);
    assertFalse(text.contains("flips") || test.has("test_time_augmentation"), text);

    Path sheet = folder.resolve("sheet.png");
    Outcome.of("data", "show", data, "--count", 1, "--png", sheet).succeeds();
    JsonNode prediction =
        JSON.readTree(
            Outcome.of("predict", "--model", model, sheet, "--format", "json").succeeds().out());
    assertEquals(sheet.toString(), prediction.get("image").asText());
    assertEquals(2, prediction.get("predictions").size());
    List<String> csv =
        Outcome.of("predict", "--model", model, sheet, "--format", "csv", "--top", 1)
            .succeeds()
            .out()
            .lines()
            .toList();
    assertEquals(List.of("image,rank,label,probability"), csv.subList(0, 1));
    String label = prediction.get("predictions").get(0).get("label").asText();
    String quoted = label.equals("upper") ? label : '"' + label + '"';
    assertTrue(csv.get(1).startsWith(sheet + ",1," + quoted + ",0."), csv.get(1));
    assertEquals(2, csv.size());
    assertTrue(
        Outcome.of("predict", "--model", model, sheet).succeeds().out().contains(" %  " + label));
  }

  @Test
  void anEvaluationWithFlipsSaysSo() throws IOException {
    train(run, "--epochs", 1).succeeds();
    Path model = run.resolve("model.safetensors");
    String text = Outcome.of("eval", "--model", model, "--flip").succeeds().out();
    assertTrue(
        text.lines()
            .findFirst()
            .orElseThrow()
            .endsWith(
                " images of "
                    + data
                    + ", with flips: mean logits of each image and its mirror image"),
        text);
    JsonNode json =
        JSON.readTree(
            Outcome.of("eval", "--model", model, "--flip", "--format", "json").succeeds().out());
    assertEquals("horizontal_flip", json.get("test_time_augmentation").asText());
  }

  @Test
  void anImageThatCannotBeReadDoesNotPreventTheOthersFromBeingClassified() throws IOException {
    train(run, "--epochs", 1).succeeds();
    Path broken = Files.writeString(folder.resolve("broken.png"), "no image");
    Path sheet = folder.resolve("sheet.png");
    Outcome.of("data", "show", data, "--png", sheet).succeeds();
    Path model = run.resolve("model.safetensors");
    Outcome outcome = Outcome.of("predict", "--model", model, broken, sheet, "--format", "json");
    outcome.fails(1, broken + ": is not a PNG, JPEG, BMP, GIF, TIFF or WebP image");
    assertEquals(1, outcome.out().lines().count());
    Outcome.of("predict", "--model", model, folder.resolve("none.png"))
        .fails(1, "none.png: there is no such file");
    Outcome.of("predict", "--model", sheet, sheet).fails(1, "not a safetensors file");
    Outcome.of("predict", "--model", model, sheet, "--top", 0).fails(2, "--top must be at least 1");
    Outcome.of("predict", "--model", model, "").fails(2, "the path is empty");
  }

  @Test
  void aClassWithoutTestImagesHasNoAccuracy() throws IOException {
    train(run, "--epochs", 1).succeeds();
    Path model = run.resolve("model.safetensors");
    byte[] labels = TinyData.labels(TinyData.TEST_IMAGES);
    Arrays.fill(labels, 8, labels.length, (byte) 0);
    Files.write(data.resolve("t10k-labels-idx1-ubyte"), labels);
    String json = Outcome.of("eval", "--model", model, "--format", "json").succeeds().out();
    assertTrue(JSON.readTree(json).get("class_accuracy").get("lower, or below").isNull(), json);
    assertTrue(Outcome.of("eval", "--model", model).succeeds().out().contains("below  no images"));
  }

  @Test
  void theSameSeedGivesTheSameModelByteByByte() throws IOException {
    Path again = folder.resolve("again");
    Path other = folder.resolve("other");
    train(run, "--epochs", 2).succeeds();
    train(again, "--epochs", 2).succeeds();
    train(other, "--epochs", 2, "--seed", 2).succeeds();
    assertArrayEquals(model(run), model(again));
    assertFalse(Arrays.equals(model(run), model(other)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--threads 0 | --threads must be from 1 to 1024, but is 0",
        "--threads 99999 | --threads must be from 1 to 1024",
        "--lr -1 | learning rate must be above 0",
        "--lr NaN | learning rate must be above 0",
        "--lr much | 'much' is not a number",
        "--epochs 0 | at least 1 epoch",
        "--batch-size 0 | batch size must be at least 1",
        "--batch-size 99999999999 | '99999999999' is too large",
        "--shards 0 | a batch of 128 has 1 to 128 shards, not 0",
        "--batch-size 8 --shards 9 | a batch of 8 has 1 to 8 shards, not 9",
        "--size 0 | --size must be at least 1",
        "--weight-decay -1 | --weight-decay: weight decay must be at least 0, but is -1.0",
        "--label-smoothing 1 | --label-smoothing: label smoothing must be at least 0 and below 1",
        "--size 5 | the smallest input that would do is 1x1x6x6",
        "--seed abc | 'abc' is not a whole number",
        "--recipe defualt | did you mean 'default'?",
        "--precision fp23 | did you mean 'fp32'?",
        "--rcipe d2l | Unknown option: '--rcipe'",
        "--net nim | should be specified only once"
      })
  void invalidUsageExitsWith2AndCreatesNoFolder(String options, String complaint) {
    Outcome outcome = train(run, (Object[]) options.split(" ", -1));
    assertEquals(2, outcome.exitCode());
    assertTrue(outcome.err().contains(complaint), outcome.err());
    assertFalse(Files.exists(run.getParent()));
  }

  @Test
  void theNumberOfThreadsChangesNothingAndIdleThreadsAreReported() throws IOException {
    String two = train(run, "--epochs", 2, "--threads", 2).succeeds().out();
    assertTrue(two.contains(", 2 threads, "), two);
    assertFalse(two.contains("will be idle"), two);
    String six = train(folder.resolve("six"), "--epochs", 2, "--threads", 12).succeeds().out();
    assertTrue(
        six.contains(
            "a batch has 8 shards, so 4 threads will be idle; --shards 12 uses all, with other"
                + " results"),
        six);
    assertArrayEquals(model(run), model(folder.resolve("six")));
    Path other = folder.resolve("other");
    train(other, "--epochs", 2, "--threads", 12, "--shards", 12).succeeds();
    assertFalse(Arrays.equals(model(run), model(other)));
  }

  @Test
  void anUnknownPresetSuggestsTheMostSimilar() {
    Outcome.of("train", "--net", "nim", "--data", data, "--out", run)
        .fails(2, "did you mean 'nin'?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "train-images-idx3-ubyte | 0 | is empty",
        "train-images-idx3-ubyte | 100 | is truncated",
        "train-labels-idx1-ubyte | 30 | is truncated",
        "classes.txt | 6 | needs 2 to 256 class names"
      })
  void damagedDataExitsWith1AndCreatesNoFolder(String name, int length, String complaint)
      throws IOException {
    Path file = data.resolve(name);
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), length));
    train(run).fails(1, name + ": ").fails(1, complaint);
    assertFalse(Files.exists(run.getParent()));
  }

  @Test
  void wrongLabelsWrongCountsAndMissingFilesAreReported() throws IOException {
    Path labels = data.resolve("train-labels-idx1-ubyte");
    Files.write(labels, TinyData.labels(39));
    train(run).fails(1, "holds 40 images, but " + labels + " holds 39 labels");
    byte[] wrong = TinyData.labels(40);
    wrong[10] = 2;
    Files.write(labels, wrong);
    train(run).fails(1, "label 2 has the value 2 (at byte 10), but there are 2 classes");
    Files.delete(labels);
    train(run).fails(1, data + ": has no file train-labels-idx1-ubyte");
    assertFalse(Files.exists(run.getParent()));
  }

  @Test
  void aTrainingThatCannotStartCreatesNoFolder() throws IOException {
    train(run, "--size", 8_000).fails(1, "too large");
    assertFalse(Files.exists(run.getParent()));
    Files.createDirectories(run);
    train(run, "--size", 8_000).fails(1, "too large");
    assertEquals(List.of(), names(run));
  }

  @Test
  void aFolderWithARunIsNotChanged() throws IOException {
    train(run, "--epochs", 1).succeeds();
    byte[] before = model(run);
    train(run, "--epochs", 2).fails(1, run + ": already holds a run");
    assertArrayEquals(before, model(run));
    train(network).fails(1, "is a file");
    train(Path.of("")).fails(2, "the path is empty");
  }

  @Test
  void aBatchMayBeLargerThanTheDataSet() {
    train(run, "--epochs", 1, "--batch-size", 2_000_000_000).succeeds();
  }

  @Test
  void aFinishedRunResumesToTheSameModel() throws IOException {
    train(run, "--epochs", 1).succeeds();
    byte[] before = model(run);
    Outcome.of("train", "--resume", run).succeeds();
    assertArrayEquals(before, model(run));
  }

  @Test
  void aDamagedCheckpointCostsAnEpochAndTwoCostTheRun() throws IOException {
    train(run, "--epochs", 3).succeeds();
    byte[] whole = model(run);
    Files.delete(run.resolve("model.safetensors"));
    Path newest = run.resolve("checkpoint-0003-000000.safetensors");
    Files.write(newest, Arrays.copyOf(Files.readAllBytes(newest), 300));
    Outcome outcome = Outcome.of("train", "--resume", run);
    assertEquals(0, outcome.exitCode());
    assertTrue(outcome.err().startsWith("nin: warning: a checkpoint is damaged (" + newest));
    assertTrue(outcome.out().contains("epoch 3/3"));
    assertFalse(outcome.out().contains("epoch 2/3"));
    assertArrayEquals(whole, model(run));
    for (String name : names(run)) {
      if (name.startsWith("checkpoint")) {
        Files.write(run.resolve(name), new byte[9]);
      }
    }
    Outcome hopeless = Outcome.of("train", "--resume", run);
    assertEquals(1, hopeless.exitCode());
    assertTrue(hopeless.err().contains("all checkpoints are damaged"), hopeless.err());
  }

  @Test
  void onlyARunFolderCanBeResumedAndOnlyWithItsSettings() throws IOException {
    Outcome.of("train", "--resume", data).fails(1, data + ": is not a run folder");
    train(run, "--epochs", 1).succeeds();
    Outcome.of("train", "--resume", run, "--epochs", 5)
        .fails(2, "--epochs cannot be combined with --resume");
    Files.writeString(run.resolve("run.json"), "{");
    Outcome.of("train", "--resume", run).fails(1, "run.json: not valid JSON");
  }
}
