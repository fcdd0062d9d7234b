package org.nin4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nin4j.data.Preprocessing;
import org.nin4j.engine.Weights;
import org.nin4j.error.InvalidModelException;
import org.nin4j.io.Model;
import org.nin4j.io.Models;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Linear;
import org.nin4j.nn.Network;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;

/** With a model that can be computed in the head: four pixels, two classes. */
class ClassifierTest {
  @TempDir Path folder;

  /** The first logit is the upper row's sum, the second the lower row's. */
  private static Model upperOrLower(float scale) {
    Network network =
        new Network(
            "rows",
            Shape.of(1, 1, 2, 2),
            new Sequential(List.of(new Flatten(), new Linear(4, 2, true))));
    Weights weights = Weights.zeros(network);
    float[] matrix = {scale, scale, 0, 0, 0, 0, scale, scale};
    System.arraycopy(matrix, 0, weights.values("1.weight"), 0, 8);
    return new Model(
        network, weights, List.of("upper", "lower"), Preprocessing.unit(1, 2, 2), Map.of());
  }

  private static Classifier classifier() {
    return Classifier.builder(upperOrLower(1)).engine(Engines.reference()).build();
  }

  @Test
  void aPredictionIsTheSoftmaxOfTheNetworksLogits() {
    try (Classifier classifier = classifier()) {
      Prediction prediction = classifier.predict(new byte[] {0, 0, -1, 0}, 1, 2, 2);
      assertEquals("lower", prediction.label());
      assertEquals(1 / (1 + Math.exp(-1)), prediction.probability(), 1e-6);
    }
  }

  @Test
  void anImageFileIsResizedAsTheModelSays() throws IOException {
    BufferedImage image = new BufferedImage(20, 40, BufferedImage.TYPE_INT_RGB);
    IntStream.range(0, 20 * 20).forEach(i -> image.setRGB(i % 20, i / 20, 0xFFFFFF));
    Path file = folder.resolve("white-above-black.png");
    assertTrue(ImageIO.write(image, "png", file.toFile()));
    try (Classifier classifier = classifier()) {
      Prediction prediction = classifier.predict(file);
      assertEquals("upper", prediction.label());
      assertEquals(1 / (1 + Math.exp(-2)), prediction.probability(), 1e-6);
    }
  }

  @Test
  void aStreamAndAPictureArePredictedAsTheirFileIs() throws IOException {
    BufferedImage image = new BufferedImage(20, 40, BufferedImage.TYPE_INT_ARGB);
    IntStream.range(0, 800).forEach(i -> image.setRGB(i % 20, i / 20, 0x10101010 * (i / 100)));
    Path file = folder.resolve("stripes.png");
    assertTrue(ImageIO.write(image, "png", file.toFile()));
    try (Classifier classifier = classifier();
        InputStream stream = Files.newInputStream(file)) {
      Prediction expected = classifier.predict(file);
      assertEquals(expected, classifier.predict(stream));
      assertEquals(expected, classifier.predict(image));
    }
  }

  @Test
  void aStreamOfTooFewPixelsIsRefused() throws IOException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    assertTrue(ImageIO.write(new BufferedImage(5, 1, BufferedImage.TYPE_INT_RGB), "png", png));
    try (Classifier classifier = classifier()) {
      ByteArrayInputStream stream = new ByteArrayInputStream(png.toByteArray());
      IOException refused = assertThrows(IOException.class, () -> classifier.predict(stream));
      assertEquals("the stream: has 5 x 1 pixels, too few to show anything", refused.getMessage());
    }
  }

  @Test
  void bothEnginesPredictTheSame() {
    byte[] pixels = {10, 20, 30, 40};
    try (Classifier plain = classifier();
        Classifier best = Classifier.builder(upperOrLower(1)).engine(Engines.best()).build()) {
      assertEquals(
          plain.predict(pixels, 1, 2, 2).probability(),
          best.predict(pixels, 1, 2, 2).probability(),
          1e-6);
    }
  }

  @Test
  void aModelFileIsAllItTakes() throws IOException {
    Path file = folder.resolve("model.safetensors");
    Models.write(file, upperOrLower(1));
    try (Classifier classifier = Classifier.load(file)) {
      assertEquals(List.of("upper", "lower"), classifier.model().classes());
      assertEquals("upper", classifier.predict(new byte[] {-1, 0, 0, 0}, 1, 2, 2).label());
    }
  }

  @Test
  void thePixelsGivenAreNotChanged() {
    byte[] pixels = {1, 2, 3, 4};
    try (Classifier classifier = classifier()) {
      classifier.predict(pixels, 1, 2, 2);
    }
    assertArrayEquals(new byte[] {1, 2, 3, 4}, pixels);
  }

  @Test
  void tooFewPixelsOrASingleOneAreRefused() throws IOException {
    Path file = folder.resolve("dot.png");
    assertTrue(
        ImageIO.write(new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB), "png", file.toFile()));
    try (Classifier classifier = classifier()) {
      assertThrows(IllegalArgumentException.class, () -> classifier.predict(new byte[3], 1, 2, 2));
      IOException refused = assertThrows(IOException.class, () -> classifier.predict(file));
      assertEquals(file + ": has 1 x 1 pixels, too few to show anything", refused.getMessage());
      Files.writeString(file, "no image");
      assertThrows(IOException.class, () -> classifier.predict(file));
    }
  }

  @Test
  void weightsThatAreNoNumbersAreNamedAsSuch() {
    try (Classifier classifier =
        Classifier.builder(upperOrLower(Float.NaN)).engine(Engines.reference()).build()) {
      byte[] white = {-1, -1, -1, -1};
      InvalidModelException refused =
          assertThrows(InvalidModelException.class, () -> classifier.predict(white, 1, 2, 2));
      assertTrue(refused.getMessage().contains("weights are not usable"));
    }
  }

  @Test
  void aClosedClassifierRefusesToPredict() {
    Classifier classifier = classifier();
    classifier.close();
    assertThrows(IllegalStateException.class, () -> classifier.predict(new byte[4], 1, 2, 2));
  }
}
