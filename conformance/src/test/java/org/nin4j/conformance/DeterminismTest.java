package org.nin4j.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nin4j.engine.Precision;
import org.nin4j.engine.onednn.OneDnnEngine;
import org.nin4j.nn.AdaptiveAvgPool2d;
import org.nin4j.nn.BatchNorm2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Dropout;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.MaxPool2d;
import org.nin4j.nn.Network;
import org.nin4j.nn.NetworkJson;
import org.nin4j.nn.ReLU;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;

/** Trainings in processes of their own: the same seed gives the same file, whatever happens. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "a process there can only be killed")
class DeterminismTest {
  private static final int EPOCHS = 6;
  private static final int IMAGES = 1200;
  private static final int TEST_IMAGES = 40;
  private static final int KILLS = 10;
  private static final int SIDE = 8;

  private Path folder;

  private final Map<String, byte[]> undisturbed = new HashMap<>();
  private final List<String> rows = new ArrayList<>();

  /** Of a training, from its first file on, in nanoseconds. */
  private long duration;

  @BeforeAll
  void makeDataAndNetwork(@TempDir Path temporary) throws IOException {
    folder = temporary;
    Path data = Files.createDirectories(folder.resolve("rows"));
    write(data, "train", IMAGES);
    write(data, "t10k", TEST_IMAGES);
    Network network =
        new Network(
            "small",
            Shape.of(1, 1, SIDE, SIDE),
            new Sequential(
                new Conv2d(1, 20, 3, 1, 1),
                new BatchNorm2d(20),
                new ReLU(),
                new MaxPool2d(2, 2),
                new Dropout(0.3f),
                new Conv2d(20, 10, 3),
                new ReLU(),
                new AdaptiveAvgPool2d(1),
                new Flatten()));
    Files.writeString(folder.resolve("small.json"), NetworkJson.write(network));
  }

  /** Noise, with a bright row where the label says. */
  private static void write(Path data, String split, int count) throws IOException {
    ByteBuffer images = ByteBuffer.allocate(16 + SIDE * SIDE * count);
    images.putInt(0x803).putInt(count).putInt(SIDE).putInt(SIDE);
    ByteBuffer labels = ByteBuffer.allocate(8 + count);
    labels.putInt(0x801).putInt(count);
    SplittableRandom random = new SplittableRandom(count);
    for (int i = 0; i < count; i++) {
      labels.put((byte) (i % 10));
      for (int y = 0; y < SIDE; y++) {
        for (int x = 0; x < SIDE; x++) {
          images.put((byte) (random.nextInt(60) + (y == i % 10 ? 180 : 0)));
        }
      }
    }
    Files.write(data.resolve(split + "-images-idx3-ubyte"), images.array());
    Files.write(data.resolve(split + "-labels-idx1-ubyte"), labels.array());
  }

  @AfterAll
  void report() {
    Report.section(
        70,
        "Determinism",
        """
        Trainings of %d epochs in processes of their own, with BatchNorm2d, Dropout and augmentation;
        the model files are compared byte by byte.

        | what | trainings | model files |
        |---|---|---|
        %s
        """
            .formatted(EPOCHS, String.join("\n", rows)));
  }

  private NinProcess begin(String run, int threads, String... more) throws IOException {
    List<String> args =
        new ArrayList<>(
            List.of(
                "train",
                "--net=small.json",
                "--data=rows",
                "--batch-size=" + (threads == 1 ? 6 : 60), // two threads are slow at small steps
                "--epochs=" + EPOCHS,
                "--out=" + run));
    args.addAll(Arrays.asList(more));
    return new NinProcess(folder, threads, args.toArray(new String[0]));
  }

  private byte[] model(String run) throws IOException {
    return Files.readAllBytes(folder.resolve(run).resolve("model.safetensors"));
  }

  private byte[] trained(String run, int threads, String... more) throws Exception {
    try (NinProcess training = begin(run, threads, more)) {
      assertEquals(0, training.await(), () -> training.output().toString());
    }
    return model(run);
  }

  private byte[] undisturbed(Precision precision) throws Exception {
    String name = "whole-" + precision;
    if (!undisturbed.containsKey(name)) {
      try (NinProcess training = begin(name, 1, "--precision=" + precision)) {
        awaitRun(name);
        long start = System.nanoTime();
        assertEquals(0, training.await(), () -> training.output().toString());
        duration = System.nanoTime() - start;
      }
      undisturbed.put(name, model(name));
    }
    return undisturbed.get(name);
  }

  private static void assumeSupported(Precision precision) {
    assumeTrue(new OneDnnEngine().supports(precision), precision + " is not for this processor");
  }

  @ParameterizedTest
  @CsvSource({"1, FP32", "2, FP32", "2, BF16"})
  void theSameSeedGivesTheSameFile(int threads, Precision precision) throws Exception {
    assumeSupported(precision);
    String name = "same-" + threads + precision;
    String option = "--precision=" + precision;
    byte[] first = trained(name + "a", threads, option);
    assertArrayEquals(first, trained(name + "b", threads, option));
    assertFalse(Arrays.equals(first, trained(name + "c", threads, option, "--seed=2")));
    rows.add(
        "| two processes, %d thread%s, %s | 2 | equal; with another seed another |"
            .formatted(threads, threads == 1 ? "" : "s", precision));
  }

  @ParameterizedTest
  @ValueSource(strings = {"FP32", "BF16"})
  void stoppedInEachEpochAndResumedItEndsTheSame(Precision precision) throws Exception {
    assumeSupported(precision);
    byte[] whole = undisturbed(precision);
    for (int epoch = 1; epoch < EPOCHS; epoch++) {
      String run = "stopped-" + precision + epoch;
      try (NinProcess training = begin(run, 1, "--precision=" + precision)) {
        training.awaitLine("epoch " + epoch + "/").stop();
        training.await();
      }
      assertResumes(run, whole);
    }
    rows.add(
        "| stopped after each epoch, in the one that follows, and resumed, %s | %d | equal |"
            .formatted(precision, EPOCHS - 1));
  }

  @Test
  @Timeout(120)
  void killedAtAnyMomentAndResumedItEndsTheSame() throws Exception {
    byte[] whole = undisturbed(Precision.FP32);
    SplittableRandom random = new SplittableRandom(6);
    int unfinished = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      String run = "killed-" + kill;
      try (NinProcess training = begin(run, 1, "--precision=fp32")) {
        awaitRun(run);
        Thread.sleep(random.nextLong(duration) / 1_000_000);
        training.kill();
        training.await();
      }
      unfinished += Files.exists(folder.resolve(run).resolve("model.safetensors")) ? 0 : 1;
      assertResumes(run, whole);
    }
    assertTrue(unfinished > 0, "all trainings had ended before they were killed");
    rows.add(
        "| killed at %d random moments (%d before their end) and resumed | %d | equal |"
            .formatted(KILLS, unfinished, KILLS));
  }

  /** Waits until there is something to resume. */
  private void awaitRun(String run) throws InterruptedException {
    while (!Files.exists(folder.resolve(run).resolve("run.json"))) {
      Thread.sleep(1);
    }
  }

  private void assertResumes(String run, byte[] whole) throws Exception {
    try (NinProcess resumed = new NinProcess(folder, 1, "train", "--resume=" + run)) {
      assertEquals(0, resumed.await(), () -> resumed.output().toString());
    }
    assertArrayEquals(whole, model(run), run);
  }
}
