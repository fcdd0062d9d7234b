package org.nin4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuantizeCommandTest {
  @TempDir Path folder;
  private Path data;
  private Path model;
  private Path quantized;

  @BeforeEach
  void trainAModel() throws IOException {
    data = TinyData.folder(folder.resolve("rows"), 40);
    Path network = TinyData.network(folder.resolve("tiny.json"));
    Path run = folder.resolve("run");
    Outcome.of("train", "--net", network, "--data", data, "--out", run, "--epochs", 3).succeeds();
    model = run.resolve("model.safetensors");
    quantized = folder.resolve("int8.safetensors");
  }

  @Test
  void aQuantizedModelIsSmallerAndUsedLikeAnyOther() throws IOException {
    Outcome outcome = Outcome.of("quantize", "--model", model, "-o", quantized).succeeds();
    assertTrue(outcome.out().startsWith("calibrated on 40 images of " + data), outcome.out());
    assertTrue(outcome.out().contains("int8  accuracy "), outcome.out());
    assertTrue(Files.size(quantized) < Files.size(model));
    String accuracy = outcome.out().lines().toList().get(3).substring(6, 21);
    String tested = Outcome.of("eval", "--model", quantized).succeeds().out();
    assertTrue(tested.startsWith(accuracy), tested + " after " + outcome.out());
    Path image = folder.resolve("image.png");
    ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY), "png", image.toFile());
    Outcome.of("predict", "--model", quantized, image).succeeds();
    Outcome.of("predict", "--model", quantized, "--precision", "fp32", image).succeeds();
  }

  @Test
  void aQuantizedModelIsNotQuantizedAgain() {
    Outcome.of("quantize", "--model", model, "--out", quantized).succeeds();
    Path again = folder.resolve("again.safetensors");
    Outcome.of("quantize", "--model", quantized, "-o", again).fails(1, "is quantized already");
    assertFalse(Files.exists(again));
  }

  @Test
  void withoutImagesThereAreNoRanges() {
    Outcome.of("quantize", "--model", model, "-o", quantized, "--images", 0)
        .fails(2, "--images must be at least 1, but is 0");
    assertFalse(Files.exists(quantized));
  }

  @Test
  void integersAreNotForTrainingNorForModelsWithoutThem() {
    Outcome.of("eval", "--model", model, "--precision", "int8")
        .fails(2, "--precision int8 needs a quantized model");
    Outcome.of("train", "--precision", "int8").fails(2, "--precision int8 is not for training");
  }

  @Test
  void calibratingTwiceGivesTheSameBytes() throws IOException {
    Outcome.of("quantize", "--model", model, "-o", quantized).succeeds();
    byte[] first = Files.readAllBytes(quantized);
    Outcome.of("quantize", "--model", model, "-o", quantized).succeeds();
    assertEquals(-1, Arrays.mismatch(first, Files.readAllBytes(quantized)));
  }
}
