package org.nin4j.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nin4j.engine.WeightsBits.sameBits;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nin4j.Engines;
import org.nin4j.data.DataSource;
import org.nin4j.data.DatasetSplits;
import org.nin4j.data.FilesLeftOut;
import org.nin4j.data.Preprocessing;
import org.nin4j.data.SkippedFile;
import org.nin4j.engine.Precision;
import org.nin4j.error.InvalidFileException;
import org.nin4j.internal.json.Json;
import org.nin4j.internal.json.JsonWriter;
import org.nin4j.io.Models;
import org.nin4j.nn.Networks;
import org.nin4j.nn.Shape;
import org.nin4j.train.EpochMetrics;
import org.nin4j.train.ImageCounts;
import org.nin4j.train.OptimizerConfig;
import org.nin4j.train.Recipe;
import org.nin4j.train.Score;
import org.nin4j.train.Start;
import org.nin4j.train.StopAfter;
import org.nin4j.train.TinyTask;
import org.nin4j.train.Trainer;
import org.nin4j.train.Training;
import org.nin4j.train.TrainingEvent;
import org.nin4j.train.TrainingException;
import org.nin4j.train.TrainingResult;
import org.nin4j.train.TrainingSetup;
import org.nin4j.train.schedule.Schedule;

class RunFolderTest {
  private static final Recipe TWO_EPOCHS = TinyTask.recipe().with(r -> r.epochs(2));

  @TempDir Path temp;

  private static JsonNode record(RunFolder folder) throws IOException {
    return new ObjectMapper().readTree(folder.path().resolve("run.json").toFile());
  }

  @Test
  void aTrainingWritesItsRecordMetricsAndModel() throws IOException {
    RunFolder folder = RunFolder.create(temp.resolve("a/b"));
    assertThrows(IllegalStateException.class, folder::setup);
    Training training = TinyTask.trainer(TWO_EPOCHS).store(folder).prepare();
    assertFalse(Files.exists(temp.resolve("a")));
    TrainingResult result = training.run();
    assertEquals(training.setup(), RunFolder.open(folder.path()).setup());
    List<String> lines = Files.readAllLines(folder.path().resolve("metrics.csv"));
    assertEquals(
        "epoch,train_loss,train_accuracy,val_loss,val_accuracy,test_loss,test_accuracy,"
            + "images_per_second",
        lines.get(0));
    assertEquals(3, lines.size());
    assertTrue(
        lines.get(2).matches("2(,\\d+\\.\\d{6}){2},,(,\\d+\\.\\d{6}){2},\\d+\\.\\d"), lines.get(2));
    JsonNode record = record(folder);
    assertEquals("finished", record.path("status").asText());
    assertTrue(record.path("environment").path("engine").asText().contains("Java"));
    assertEquals(
        result.history().get(1).evaluation().accuracy(),
        record.path("result").path("test_accuracy").asDouble());
    assertTrue(sameBits(Models.read(folder.model()).weights(), result.model().weights()));
  }

  @Test
  void theRecordContainsTheStatusOfTheRun() throws IOException {
    RunFolder folder = RunFolder.create(temp.resolve("run"));
    StringBuilder whileRunning = new StringBuilder();
    StopAfter.steps(3)
        .run(
            TinyTask.trainer(TWO_EPOCHS)
                .store(folder)
                .listen(
                    event -> {
                      if (event instanceof TrainingEvent.StepDone) {
                        whileRunning.append(record(folder).path("status").asText()).append(' ');
                      }
                    }));
    assertEquals("running running running ", whileRunning.toString());
    assertEquals("interrupted", record(folder).path("status").asText());
  }

  @Test
  void theRecordContainsWhyARunFailed() throws IOException {
    RunFolder folder = RunFolder.create(temp.resolve("run"));
    Recipe diverging =
        TinyTask.with(TWO_EPOCHS, new OptimizerConfig.Sgd(0, false, 0.5f), Schedule.constant(1e30));
    TrainingException e =
        assertThrows(
            TrainingException.class, () -> TinyTask.trainer(diverging).store(folder).train());
    assertEquals("failed", record(folder).path("status").asText());
    assertEquals(e.getMessage(), record(folder).path("reason").asText());
    assertEquals(diverging, RunFolder.open(folder.path()).setup().recipe());
  }

  @Test
  void aFileThatCannotBeWrittenEndsTheTraining() throws IOException {
    RunFolder folder = RunFolder.create(temp.resolve("run"));
    Training training =
        TinyTask.trainer(TWO_EPOCHS)
            .store(folder)
            .listen(
                event -> {
                  if (event instanceof TrainingEvent.Started) {
                    Files.delete(folder.path().resolve("metrics.csv"));
                    Files.createDirectory(folder.path().resolve("metrics.csv"));
                  }
                })
            .prepare();
    IOException e = assertThrows(IOException.class, training::run);
    assertTrue(
        e.getMessage().startsWith(folder.path().resolve("metrics.csv") + ": "), e.getMessage());
    assertEquals("failed", record(folder).path("status").asText());
  }

  @Test
  void aFolderWithARunIsNotUsedAgain() throws IOException {
    Path run = temp.resolve("run");
    TinyTask.trainer(TWO_EPOCHS).store(RunFolder.create(run)).train();
    IOException e = assertThrows(IOException.class, () -> RunFolder.create(run));
    assertTrue(e.getMessage().contains("already holds a run"), e.getMessage());
  }

  @Test
  void aFolderThatCannotBeCreatedIsRejectedWithItsPath() throws IOException {
    Path file = Files.writeString(temp.resolve("file"), "x");
    IOException e = assertThrows(IOException.class, () -> RunFolder.create(file));
    assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
    IOException below =
        assertThrows(IOException.class, () -> RunFolder.create(file.resolve("run")));
    assertTrue(below.getMessage().startsWith(file.resolve("run") + ": "), below.getMessage());
  }

  @Test
  void foldersNamedAfterTheTimeDoNotCollide() throws IOException {
    Path first = RunFolder.createIn(temp, "nin").path();
    assertTrue(first.getFileName().toString().matches("nin-\\d{8}-\\d{6}"), first.toString());
    Files.createDirectory(first);
    Path second = RunFolder.createIn(temp, "nin").path();
    assertFalse(Files.exists(second), second.toString());
  }

  @Test
  void aFolderWithoutARecordIsRejected() {
    IOException e = assertThrows(IOException.class, () -> RunFolder.open(temp));
    assertTrue(e.getMessage().contains("is not a run folder"), e.getMessage());
  }

  /** Fields that are misspelt, missing, of another type or unknown are reported with their path. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"status\" | \"state\" | run.json: status is missing",
        "finished | done | run.json: status: unknown status 'done'",
        "\"seed\" : 1 | \"seed\" : \"1\" | run.json: setup.seed must be a whole number",
        "\"seed\" : 1 | \"seed\" : 1, \"sead\" : 1 | run.json: setup.sead",
        "\"fp32\" | \"fp16\" | run.json: setup.precision: unknown precision 'fp16'",
        "\"nesterov\" | \"nesterof\" | run.json: setup.recipe: optimizer.nesterof: unknown SGD field",
        "\"java\" | \"jvm\" | run.json: environment.java is missing",
        "\"cores\" | \"core\" | run.json: environment.cores is missing",
        "\"max_heap\" | \"heap\" | run.json: environment.max_heap is missing",
        "\"resumes\" : 0 | \"resumes\" : -1 | run.json: resumes",
        "\"seconds\" | \"second\" | run.json: seconds is missing",
        "\"keep_checkpoints\" : 2 | \"keep_checkpoints\" : 0 | run.json: keep_checkpoints",
        "\"damaged\" : 0 | \"damaged\" : \"0\" | run.json: images.damaged must be a whole number",
        "\"horizontal\" | 7 | run.json: images.classes[0].name must be",
        "\"epoch\" : 2 | \"epoch\" : 2.5 | run.json: result.epoch must be a whole number"
      })
  void aDamagedRecordIsRejectedWithThePath(String from, String to, String complaint)
      throws IOException {
    RunFolder folder = RunFolder.create(temp.resolve("run"));
    Recipe recipe =
        TinyTask.with(TWO_EPOCHS, new OptimizerConfig.Sgd(0, false, 0), Schedule.constant(0.01));
    TinyTask.trainer(recipe).store(folder).train();
    Path file = folder.path().resolve("run.json");
    String json = Files.readString(file);
    assertTrue(json.contains(from), json);
    Files.writeString(file, json.replace(from, to));
    InvalidFileException e =
        assertThrows(InvalidFileException.class, () -> RunFolder.open(folder.path()));
    assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
    assertTrue(e.getMessage().contains(complaint), e.getMessage());
  }

  @Test
  void jsonKeepsTheSetupOfEveryPreset() {
    for (Networks preset : Networks.values()) {
      TrainingSetup setup =
          new TrainingSetup(
              preset.build(),
              Recipe.D2L,
              Long.MIN_VALUE,
              Precision.BF16,
              new DataSource("a \"b\""),
              "c",
              start(preset),
              Set.copyOf(preset.build().blocks()));
      String json = JsonWriter.line(fields -> SetupJson.write(fields, setup));
      assertEquals(setup, Json.object(json, "test", "a setup", it -> SetupJson.read(it, "test")));
    }
  }

  /** None, and starts with and without a name. */
  private static Optional<Start> start(Networks preset) {
    Shape input = preset.defaultInput();
    Start start =
        new Start(
            preset == Networks.VGG11 ? Optional.empty() : Optional.of("../a \"b\".safetensors"),
            "0123",
            Preprocessing.unit(input.channels(), input.height(), input.width())
                .centerCropped(300)
                .antialiased(),
            List.of("7.0.weight"));
    return preset == Networks.NIN ? Optional.empty() : Optional.of(start);
  }

  @Test
  void theBestModelByValidationImagesIsKept() throws IOException {
    DatasetSplits data =
        new DatasetSplits(TinyTask.data().train(), TinyTask.data().test(), Optional.empty());
    RunFolder folder = RunFolder.create(temp.resolve("run"));
    List<EpochMetrics> history =
        new Trainer(Engines.reference(), TinyTask.network(), data, TinyTask.recipe())
            .store(folder)
            .train()
            .history();
    EpochMetrics best = history.get(0);
    for (EpochMetrics epoch : history) {
      Score score = epoch.evaluation();
      boolean better =
          score.accuracy() > best.evaluation().accuracy()
              || (score.accuracy() == best.evaluation().accuracy()
                  && score.loss() < best.evaluation().loss());
      best = better ? epoch : best;
    }
    assertEquals(
        Integer.toString(best.epoch()), Models.read(folder.bestModel()).provenance().get("epochs"));
    List<String> lines = Files.readAllLines(folder.path().resolve("metrics.csv"));
    assertTrue(lines.get(1).matches("1(,\\d+\\.\\d{6}){4},,,\\d+\\.\\d"), lines.get(1));
    assertEquals(
        history.get(history.size() - 1).evaluation().loss(),
        record(folder).path("result").path("val_loss").asDouble());
  }

  @Test
  void filesThatWereLeftOutAreListed() throws IOException {
    FilesLeftOut leftOut =
        new FilesLeftOut(List.of(new SkippedFile(Path.of("a,b.png"), "is damaged")), 3);
    RunFolder folder = RunFolder.create(temp.resolve("run"));
    TrainingSetup setup = TinyTask.trainer(TWO_EPOCHS).prepare().setup();
    folder.on(
        new TrainingEvent.Started(
            setup, "engine", ImageCounts.of(TinyTask.data()), leftOut, List.of(), 0));
    assertEquals(
        "file,reason\n\"a,b.png\",is damaged\n",
        Files.readString(folder.path().resolve("skipped.csv")));
  }

  @Test
  void theRecordContainsTheImagesTheMachineAndHowOftenTheRunWasResumed() throws IOException {
    Path path = temp.resolve("run");
    StopAfter.steps(3)
        .run(TinyTask.trainer(TWO_EPOCHS).store(RunFolder.create(path).keepCheckpoints(5)));
    JsonNode before = record(RunFolder.open(path));
    RunFolder.open(path).trainer(Engines.reference(), TinyTask.data()).train();
    JsonNode record = record(RunFolder.open(path));

    assertEquals(5, record.path("keep_checkpoints").asInt());
    assertEquals(0, before.path("resumes").asInt());
    assertEquals(1, record.path("resumes").asInt());
    assertTrue(before.path("seconds").asDouble() > 0);
    assertTrue(record.path("seconds").asDouble() > before.path("seconds").asDouble());

    JsonNode images = record.path("images");
    assertEquals(50, images.path("train").asInt());
    assertEquals(21, images.path("test").asInt());
    assertFalse(images.has("val"));
    assertEquals(3, images.path("classes").size());
    int sum = 0;
    for (JsonNode each : images.path("classes")) {
      sum += each.path("train").asInt();
      assertEquals(7, each.path("test").asInt());
    }
    assertEquals(50, sum);
    assertEquals("vertical", images.path("classes").path(1).path("name").asText());

    JsonNode environment = record.path("environment");
    assertEquals(before.path("environment"), environment);
    assertEquals(Runtime.version().toString(), environment.path("java").asText());
    assertEquals(Runtime.getRuntime().availableProcessors(), environment.path("cores").asInt());
    Instant.parse(environment.path("started").asText()); // or an exception
  }

  /** The record is written first, so a process that is killed at its start may leave only that. */
  @Test
  void aRunWithNothingButItsRecordIsResumedFromTheBeginning() throws IOException {
    TrainingResult straight = TinyTask.trainer(TWO_EPOCHS).train();
    Path path = temp.resolve("run");
    StopAfter.steps(3).run(TinyTask.trainer(TWO_EPOCHS).store(RunFolder.create(path)));
    try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
      for (Path file : files) {
        if (!file.endsWith("run.json")) {
          Files.delete(file);
        }
      }
    }
    RunFolder.open(path).trainer(Engines.reference(), TinyTask.data()).train();
    RunFolder folder = RunFolder.open(path);
    assertTrue(sameBits(straight.model().weights(), Models.read(folder.model()).weights()));
    assertEquals(2 * TinyTask.BATCHES, StepsCsv.read(folder.steps()).size());
  }
}
