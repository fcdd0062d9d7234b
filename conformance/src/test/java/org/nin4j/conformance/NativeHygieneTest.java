package org.nin4j.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.nin4j.engine.Engine;
import org.nin4j.engine.Gradients;
import org.nin4j.engine.InferencePlan;
import org.nin4j.engine.Precision;
import org.nin4j.engine.TrainingPlan;
import org.nin4j.engine.Trial;
import org.nin4j.engine.Weights;
import org.nin4j.engine.onednn.OneDnnEngine;

/** What is native is freed, and is never reached by what would crash it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NativeHygieneTest {
  private static final int PLANS = 1750;

  /**
   * Until then oneDNN fills its cache, which keeps the code of the last 1,024 primitives, about 15
   * of a plan; more than that is never kept.
   */
  private static final int WARM_UP = 750;

  /**
   * KiB. Each plan of these holds 1 to 20 MiB: one that is not freed in fifty would exceed this.
   */
  private static final long DRIFT = 32 << 10;

  private final Engine engine = new OneDnnEngine();
  private final List<String> lines = new ArrayList<>();

  @AfterAll
  void report() {
    Report.section(80, "Native memory and threads", String.join("\n", lines));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aThousandPlansLeaveNothingBehind() throws IOException {
    long settled = 0;
    for (int i = 0; i < PLANS; i++) {
      Case drawn = StackCases.draw(i % 250);
      Trial trial = drawn.trial();
      Precision precision = engine.supports(drawn.precision()) ? drawn.precision() : Precision.FP32;
      trial.run(engine, precision); // a plan for training and one for inference
      if (i == WARM_UP) {
        settled = residentKiB();
      }
    }
    long end = residentKiB();
    lines.add(
        "%,d plans for training and as many for inference, of changing shapes: resident memory was"
                .formatted(PLANS)
            + " %,d MiB after %d of them and %,d MiB after all; %d MiB more are allowed."
                .formatted(settled >> 10, WARM_UP, end >> 10, DRIFT >> 10));
    assertTrue(end - settled < DRIFT, () -> lines.get(lines.size() - 1));
  }

  private static long residentKiB() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void twoPlansOnTwoThreadsComputeAsEachAlone() throws Exception {
    List<Trial> trials = List.of(StackCases.draw(3).trial(), StackCases.draw(4).trial());
    List<Answer> alone = trials.stream().map(this::answer).toList();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < 20; round++) {
        List<Future<Answer>> together =
            trials.stream().map(trial -> threads.submit(() -> answer(trial))).toList();
        for (int i = 0; i < trials.size(); i++) {
          Answer other = together.get(i).get();
          alone
              .get(i)
              .arrays()
              .forEach((name, values) -> assertArrayEquals(values, other.arrays().get(name), name));
        }
      }
    } finally {
      threads.shutdown();
    }
    lines.add("\nTwo plans used from two threads at once compute the same bits as each alone.");
  }

  private Answer answer(Trial trial) {
    return Answer.of(trial, trial.run(engine, Precision.FP32));
  }

  @Test
  void aClosedPlanAndWrongArgumentsAreExceptions() {
    Trial trial = StackCases.draw(5).trial();
    Trial other = StackCases.draw(6).trial();
    float[] logits = new float[trial.logitsGradient.length];
    InferencePlan inference = engine.compileInference(trial.network, trial.batch, Precision.FP32);
    Class<IllegalStateException> early = IllegalStateException.class;
    Class<IllegalArgumentException> wrong = IllegalArgumentException.class;
    assertThrows(early, () -> inference.run(trial.images, trial.count, logits));
    assertThrows(wrong, () -> inference.load(other.weights));
    inference.load(trial.weights);
    assertThrows(wrong, () -> inference.run(new float[1], trial.count, logits));
    assertThrows(wrong, () -> inference.run(trial.images, trial.count, new float[1]));
    assertThrows(wrong, () -> inference.run(trial.images, 0, logits));
    assertThrows(wrong, () -> inference.run(trial.images, trial.batch + 1, logits));
    inference.close();
    inference.close();
    assertThrows(early, () -> inference.run(trial.images, trial.count, logits));
    assertThrows(early, () -> inference.load(trial.weights));

    Weights gradients = Weights.zeros(trial.network);
    TrainingPlan training =
        engine.compileTraining(trial.network, trial.batch, Precision.FP32, Gradients.OF_PARAMETERS);
    assertThrows(early, () -> training.backward(trial.logitsGradient, gradients));
    assertThrows(
        wrong,
        () -> training.forward(other.weights, trial.images, trial.count, trial.masks, logits));
    training.forward(trial.weights.copy(), trial.images, trial.count, trial.masks, logits);
    assertThrows(wrong, () -> training.backward(new float[1], gradients));
    assertThrows(wrong, () -> training.backward(trial.logitsGradient, other.weights));
    training.backward(trial.logitsGradient, gradients);
    assertThrows(early, () -> training.inputGradient(new float[trial.images.length]));
    training.close();
    assertThrows(
        early,
        () -> training.forward(trial.weights, trial.images, trial.count, trial.masks, logits));
    assertThrows(early, () -> training.backward(trial.logitsGradient, gradients));
    lines.add(
        "\nA plan that is closed, has no weights yet, or gets arrays, counts or weights that are not"
            + " its own, throws; nothing of it reaches native code.");
  }
}
