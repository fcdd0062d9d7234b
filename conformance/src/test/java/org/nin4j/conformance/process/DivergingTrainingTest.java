package org.nin4j.conformance.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nin4j.Engines;
import org.nin4j.conformance.Report;
import org.nin4j.data.DatasetSplits;
import org.nin4j.data.Datasets;
import org.nin4j.data.Preprocessing;
import org.nin4j.engine.Precision;
import org.nin4j.engine.Trial;
import org.nin4j.io.Model;
import org.nin4j.io.Models;
import org.nin4j.io.NamedTensor;
import org.nin4j.io.SafeTensors;
import org.nin4j.tracking.RunFolder;
import org.nin4j.train.Initializer;
import org.nin4j.train.Normalization;
import org.nin4j.train.OptimizerConfig;
import org.nin4j.train.Recipe;
import org.nin4j.train.Trainer;
import org.nin4j.train.TrainingException;
import org.nin4j.train.schedule.Schedule;

/** A training that diverges stops, and its checkpoints stay usable. */
class DivergingTrainingTest {
  private static final Map<Integer, String> ROWS = new TreeMap<>();

  @TempDir Path task;
  private Path run;

  @BeforeEach
  void makeTheTask() throws IOException {
    SmallTask.data(task.resolve("data"));
    SmallTask.network(task.resolve("small.json"));
    run = Files.createDirectories(task.resolve("run"));
  }

  @AfterAll
  static void report() {
    Report.section(
        75,
        "Training that diverges",
        """
        | what was done | what happened |
        |---|---|
        %s"""
            .formatted(String.join("", ROWS.values())));
  }

  private static void row(int order, String what, String happened) {
    ROWS.put(order, "| " + what + " | " + happened + " |\n");
  }

  /**
   * Weight decay d at rate r multiplies a weight by 1 - r d in each step. Here that is -3: after
   * some 20 steps the product of four layers' weights is beyond 3.4e38, fp32's largest number.
   */
  private Trainer divergingTrainer(Precision precision) throws IOException {
    Recipe recipe =
        Recipe.builder("diverging")
            .initializer(Initializer.HE)
            .optimizer(new OptimizerConfig.Sgd(0, false, 40))
            .schedule(Schedule.constant(0.1))
            .epochs(20)
            .batchSize(SmallTask.BATCH)
            .shards(2)
            .clipNorm(1)
            .normalization(Normalization.MEAN_STD)
            .build();
    return new Trainer(Engines.oneDnn(), SmallTask.network(), data(), recipe)
        .precision(precision)
        .store(RunFolder.create(run));
  }

  private DatasetSplits data() throws IOException {
    return Datasets.open(task.resolve("data").toString());
  }

  @Test
  void aTrainingThatDivergesStopsAndLeavesCheckpointsOfNumbers() throws IOException {
    for (Precision precision : List.of(Precision.FP32, Precision.BF16)) {
      if (!Engines.oneDnn().supports(precision)) {
        continue;
      }
      run = task.resolve("run in " + precision);
      Trainer trainer = divergingTrainer(precision);
      TrainingException e = assertThrows(TrainingException.class, trainer::train);
      assertDiverged(e.getMessage());
      List<Path> checkpoints = checkpoints();
      assertEquals(2, checkpoints.size(), e.getMessage());
      for (Path checkpoint : checkpoints) {
        assertHoldsNumbers(checkpoint);
      }
      Trainer resumed = RunFolder.open(run).trainer(Engines.oneDnn(), data());
      TrainingException again = assertThrows(TrainingException.class, resumed::train);
      assertEquals(e.getMessage(), again.getMessage(), "the same bits, the same end");
      row(
          precision == Precision.FP32 ? 1 : 2,
          "`Trainer`, " + precision + ": SGD whose weight decay is too large for its rate",
          "TrainingException: " + e.getMessage() + ". Resumed: the same");
    }
  }

  private static void assertDiverged(String message) {
    assertTrue(message.contains(": the training diverged; checkpoints of earlier"), message);
    assertTrue(message.endsWith("; try a lower learning rate"), message);
    assertFalse(message.contains("\n"), message);
  }

  private List<Path> checkpoints() throws IOException {
    try (Stream<Path> files = Files.list(run)) {
      return files.filter(f -> f.getFileName().toString().startsWith("checkpoint-")).toList();
    }
  }

  private static void assertHoldsNumbers(Path file) throws IOException {
    for (NamedTensor tensor : SafeTensors.read(file).tensors()) {
      for (float value : tensor.values()) {
        assertTrue(Float.isFinite(value), file + ": " + tensor.name() + " holds " + value);
      }
    }
  }

  private Child nin(Object... args) throws IOException {
    return Child.nin(task, args);
  }

  private String fails(Object... args) throws IOException, InterruptedException {
    try (Child child = nin(args)) {
      Child.End end = child.end();
      assertEquals(1, end.exitCode(), end.toString());
      assertEquals(1, end.err().lines().count(), end.err());
      assertTrue(end.err().startsWith("nin: "), end.err());
      return end.err().strip().substring("nin: ".length());
    }
  }

  private Object[] train(double learningRate, int epochs) {
    return new Object[] {
      "train",
      "--data",
      task.resolve("data"),
      "--net",
      task.resolve("small.json"),
      "--out",
      run,
      "--precision",
      "fp32",
      "--batch-size",
      4 * SmallTask.BATCH,
      "--lr",
      learningRate,
      "--epochs",
      epochs
    };
  }

  @Test
  void theCommandLineSaysSoInOneSentenceAndKeepsTheRun() throws Exception {
    String sentence = fails(train(4000, 20));
    assertDiverged(sentence);
    for (Path checkpoint : checkpoints()) {
      assertHoldsNumbers(checkpoint);
    }
    assertEquals(2, checkpoints().size());
    assertFalse(Files.exists(run.resolve("model.safetensors")));
    String record = Files.readString(run.resolve("run.json"));
    assertTrue(record.contains("\"status\" : \"failed\""), record);
    assertTrue(record.contains(sentence), record);
    assertEquals(sentence, fails("train", "--resume", run));
    row(5, "`nin train --lr 4000`", "exit code 1: " + sentence + ". Resumed: the same");
  }

  @Test
  void aTrainingThatDivergesInItsFirstStepsHasNothingToKeep() throws Exception {
    String sentence = fails(train(1e300, 2));
    assertTrue(sentence.contains("epoch 1, step "), sentence);
    assertTrue(sentence.endsWith(": the training diverged; try a lower learning rate"), sentence);
    assertEquals(List.of(), checkpoints());
    row(6, "`nin train --lr 1e300`", "exit code 1: " + sentence);
  }

  /** A model of random weights, but for one. */
  private Path model(float value) throws IOException {
    Trial trial = new Trial(SmallTask.network(), 1, 1, 1);
    trial.weights.values("0.weight")[5] = value;
    Path file = task.resolve("model.safetensors");
    Model model =
        new Model(
            trial.network,
            trial.weights,
            SmallTask.CLASSES,
            Preprocessing.unit(1, SmallTask.SIDE, SmallTask.SIDE),
            Map.of());
    Models.write(file, model);
    return file;
  }

  /** In the first layer, where a ReLU that takes the larger of 0 and NaN would hide it. */
  @Test
  void aModelWithANaNIsRefusedWithTheWeightsIndex() throws Exception {
    Path model = model(Float.NaN);
    Path data = task.resolve("data");
    Path image = task.resolve("sheet.png");
    try (Child child = nin("data", "show", data, "--count", 1, "--png", image)) {
      child.succeeds();
    }
    String sentence =
        model + ": weight 0.weight[5] is NaN, nothing to compute with; take another model";
    assertEquals(sentence, fails("predict", "--model", model, image));
    assertEquals(sentence, fails("eval", "--model", model, "--data", data));
    row(
        7,
        "`nin predict` and `nin eval`, a weight is NaN",
        "exit code 1: " + sentence.substring(sentence.indexOf(": ") + 2));
  }

  @Test
  void aModelWhoseSumsOverflowIsNotUsable() throws Exception {
    Path model = model(Float.MAX_VALUE);
    String sentence = fails("eval", "--model", model, "--data", task.resolve("data"));
    assertTrue(sentence.startsWith(model + ": the loss on the images of "), sentence);
    row(
        8,
        "`nin eval`, a weight is 3.4e38",
        "exit code 1: the loss is not finite; the model's weights are not usable, so train it again");
  }
}
