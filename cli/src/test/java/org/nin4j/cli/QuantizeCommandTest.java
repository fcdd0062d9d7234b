package org.nin4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nin4j.Engines;
import org.nin4j.engine.Engine;
import org.nin4j.engine.Precision;
import org.nin4j.engine.PrecisionPolicy;

/**
 * Where the processor does not support int8, the quantized file is the same, but the model runs in
 * fp32 with a warning.
 */
class QuantizeCommandTest {
  private static final Engine ENGINE = Engines.best();

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

  private static boolean hasInt8() {
    return ENGINE.supports(Precision.INT8);
  }

  /** Runs a command with a quantized model, and asserts that it succeeds. */
  private static Outcome runs(Object... args) {
    Outcome outcome = Outcome.of(args);
    return hasInt8()
        ? outcome.succeeds()
        : outcome.warns(
            ENGINE.description()
                + " does not compute in int8; using "
                + PrecisionPolicy.fastestForInference(ENGINE, true)
                + " instead");
  }

  @Test
  void aQuantizedModelIsSmallerAndUsedLikeAnyOther() throws IOException {
    Outcome outcome = runs("quantize", "--model", model, "-o", quantized);
    assertTrue(outcome.out().startsWith("calibrated on 40 images of " + data), outcome.out());
    assertTrue(Files.size(quantized) < Files.size(model));
    String accuracy = outcome.out().lines().toList().get(3).substring(6, 21);
    String tested = runs("eval", "--model", quantized, "--data", data).out();
    assertTrue(tested.startsWith(accuracy), tested + " after " + outcome.out());
    Path image = folder.resolve("image.png");
    ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY), "png", image.toFile());
    runs("predict", "--model", quantized, image);
    Outcome.of("predict", "--model", quantized, "--precision", "fp32", image).succeeds();
  }

  @Test
  void eachRowHasThePrecisionOfItsTest() {
    List<String> rows =
        runs("quantize", "--model", model, "-o", quantized).out().lines().skip(2).toList();
    assertEquals(2, rows.size(), rows.toString());
    assertTrue(rows.get(0).startsWith("fp32  accuracy "), rows.get(0));
    assertTrue(rows.get(0).endsWith(" bytes  " + model), rows.get(0));
    assertTrue(rows.get(1).startsWith((hasInt8() ? "int8" : "fp32") + "  accuracy "), rows.get(1));
    assertTrue(rows.get(1).endsWith(" bytes  " + quantized), rows.get(1));
  }

  @Test
  void int8IsTheDefaultAndFp32WhereItIsNotSupported() {
    runs("quantize", "--model", model, "-o", quantized);
    String asked = runs("eval", "--model", quantized, "--data", data, "--precision", "int8").out();
    assertEquals(runs("eval", "--model", quantized, "--data", data).out(), asked);
    String floats =
        Outcome.of("eval", "--model", quantized, "--data", data, "--precision", "fp32")
            .succeeds()
            .out();
    if (!hasInt8()) {
      assertEquals(floats, asked);
    }
  }

  /** The run folder contains the path of the data, which the model does not. */
  @Test
  void aModelOutsideItsRunFolderNeedsThePathOfTheData() throws IOException {
    runs("quantize", "--model", model, "-o", quantized);
    Outcome.of("eval", "--model", quantized).fails(1, "choose the data to test on with --data");
    assertFalse(
        Files.readString(quantized, StandardCharsets.ISO_8859_1).contains(folder.toString()));
  }

  @Test
  void aQuantizedModelIsNotQuantizedAgain() {
    runs("quantize", "--model", model, "--out", quantized);
    Path again = folder.resolve("again.safetensors");
    Outcome.of("quantize", "--model", quantized, "-o", again).fails(1, "is already quantized");
    assertFalse(Files.exists(again));
  }

  /** A card has the digest, the size and the scores of the model beside it. */
  @Test
  void aModelWithACardIsNotReplaced() throws IOException {
    byte[] before = Files.readAllBytes(model);
    Outcome.of("quantize", "--model", model, "-o", model)
        .fails(2, "--out: " + model.resolveSibling("model.md") + " describes the model that would");
    assertArrayEquals(before, Files.readAllBytes(model));
    runs("quantize", "--model", model, "-o", quantized);
    assertFalse(Files.exists(folder.resolve("int8.md")));
  }

  @Test
  void calibrationNeedsAnImage() {
    Outcome.of("quantize", "--model", model, "-o", quantized, "--images", 0)
        .fails(2, "--images must be at least 1, but is 0");
    assertFalse(Files.exists(quantized));
  }

  @Test
  void int8IsForQuantizedModelsOnly() {
    Outcome.of("eval", "--model", model, "--precision", "int8")
        .fails(2, "--precision: the model is not quantized, so it cannot compute in int8");
    Outcome.of("train", "--precision", "int8")
        .fails(2, "--precision: training computes in fp32 or bf16, not in int8");
  }

  @Test
  void calibratingTwiceGivesTheSameBytes() throws IOException {
    runs("quantize", "--model", model, "-o", quantized);
    byte[] first = Files.readAllBytes(quantized);
    runs("quantize", "--model", model, "-o", quantized);
    assertEquals(-1, Arrays.mismatch(first, Files.readAllBytes(quantized)));
  }
}
