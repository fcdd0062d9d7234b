package org.nin4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nin4j.engine.Precision;
import org.nin4j.engine.StepProfile;
import org.nin4j.engine.StepProfile.Pass;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Network;
import org.nin4j.nn.ReLU;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;
import org.nin4j.train.TrainingProfile;
import org.nin4j.train.TrainingProfile.Part;

class ProfileReportTest {
  /** Its one layer with weights does 2 * 5 * 10 * 10 = 1000 multiply-adds for an image. */
  private static final Network NETWORK =
      new Network(
          "plain",
          Shape.of(1, 2, 10, 10),
          new Sequential(new Conv2d(2, 5, 1), new ReLU(), new Flatten()));

  @TempDir Path folder;

  private static StepProfile step(
      String layer, String kind, Pass pass, String tensor, String code, long nanoseconds) {
    return new StepProfile(layer, kind, pass, tensor, code, 4, nanoseconds);
  }

  /**
   * Two steps of 100 images in two shards, whose threads take 200 microseconds each step: 100,000
   * multiply-adds in both shards.
   */
  private static TrainingProfile profile() {
    Map<Part, Long> parts = new EnumMap<>(Part.class);
    for (Part part : Part.values()) {
      parts.put(part, 0L);
    }
    parts.put(Part.UPDATE, 100_000L);
    return new TrainingProfile(
        100,
        2,
        2,
        2,
        parts,
        List.of(
            step("0", "Conv2d", Pass.FORWARD, "src", "jit:uni", 20_000),
            step("0", "Conv2d", Pass.FORWARD, "", "jit:avx2", 80_000),
            step("", "", Pass.FORWARD, "logits", "jit:uni", 4_000),
            step("1", "ReLU", Pass.BACKWARD, "", "jit:avx2", 36_000),
            step("0", "Conv2d", Pass.BACKWARD_WEIGHTS, "", "a:avx2+b:avx2", 160_000)));
  }

  private static String[] cells(String text, String begin) {
    return text.lines()
        .filter(line -> line.startsWith(begin))
        .findFirst()
        .orElseThrow(() -> new AssertionError(begin + " is not in\n" + text))
        .split(" {2,}", -1);
  }

  /** 200,000 operations in 40 microseconds are 5 GFLOP/s, in 80 they are 2.5. */
  @Test
  void aRowHasTheTimeItsShareOfTheStepTheSpeedAndItsShareOfThePeak() {
    String text = new ProfileReport(profile(), NETWORK, Precision.BF16, 20).text();
    assertEquals(
        List.of("0 Conv2d 2->5 1x1", "forward", "jit:avx2", "0.040", "20.0", "5.0", "25.0"),
        List.of(cells(text, "0 Conv2d")));
    assertEquals(
        List.of("", "backward weights", "a+b:avx2", "0.080", "40.0", "2.5", "12.5"),
        List.of(cells(text, "    ")));
    assertEquals(
        List.of("1 ReLU", "backward", "jit:avx2", "0.018", "9.0", "-", "-"),
        List.of(cells(text, "1 ReLU")));
    assertEquals(
        List.of("2 Flatten", "-", "-", "-", "-", "-", "-"), List.of(cells(text, "2 Flatten")));
  }

  @Test
  void theSumsAndTheOtherPartsAddUpToTheStep() {
    String text = new ProfileReport(profile(), NETWORK, Precision.BF16, 20).text();
    assertEquals(
        "profile of a step: 100 images, mean of 2 steps, 1000000 images/s; time of all threads"
            + " (2); a thread's peak in bf16: 20 GFLOP/s",
        text.lines().findFirst().orElseThrow());
    assertEquals(
        List.of("forward pass", "0.040", "20.0", "5.0", "25.0"),
        List.of(cells(text, "forward pass")));
    assertEquals(
        List.of("backward pass", "0.098", "49.0", "2.0", "10.2"),
        List.of(cells(text, "backward pass")));
    assertEquals(
        List.of("reorders: 2", "0.012", "6.0", "-", "-"), List.of(cells(text, "reorders: 2")));
    assertEquals(
        List.of("update of the weights", "0.050", "25.0", "-", "-"),
        List.of(cells(text, "update")));
    assertEquals(List.of("step", "0.200", "100.0", "2.0", "10.0"), List.of(cells(text, "step ")));
    assertTrue(text.endsWith("\nreorders, in ms:\n  src: 0 0.010\n  logits: 0.002\n"), text);
  }

  @Test
  void withoutAPeakThereIsNoShareOfThePeak() {
    String text = new ProfileReport(profile(), NETWORK, Precision.FP32, 0).text();
    assertEquals("-", cells(text, "0 Conv2d")[6]);
    assertEquals("5.0", cells(text, "0 Conv2d")[5]);
  }

  @Test
  void aTrainingShowsItsProfileOnlyOnRequest() throws IOException {
    Path data = TinyData.folder(folder.resolve("rows"), 40);
    Path network = TinyData.network(folder.resolve("tiny.json"));
    Path run = folder.resolve("run");
    String text =
        Outcome.of(
                "train",
                "--net",
                network,
                "--data",
                data,
                "--out",
                run,
                "--epochs",
                2,
                "--batch-size",
                16,
                "--profile")
            .succeeds()
            .out();
    assertTrue(text.contains("\nprofile of a step: 16 images, mean of 3 steps, "), text);
    for (String layer : List.of("0 Conv2d 1->4 3x3", "1 ReLU", "2 Conv2d 4->2 6x6", "4 Flatten")) {
      assertTrue(text.contains("\n" + layer + " "), text);
    }
    assertTrue(cells(text, "3 AdaptiveAvgPool2d")[3].matches("\\d+\\.\\d{3}"), text);
    assertEquals("100.0", cells(text, "step ")[2]);
    assertTrue(text.indexOf("\nstep ") < text.indexOf("\ntest accuracy "), text);

    Files.delete(run.resolve("model.safetensors")); // so that the run is not complete
    String resumed = Outcome.of("train", "--resume", run, "--profile").succeeds().out();
    assertTrue(resumed.contains("profile: nothing to show"), resumed);
    Files.delete(run.resolve("model.safetensors"));
    assertFalse(Outcome.of("train", "--resume", run).succeeds().out().contains("profile"));
  }
}
