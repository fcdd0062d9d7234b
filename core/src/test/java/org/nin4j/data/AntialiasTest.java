package org.nin4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected values are worked by hand, or sums over the whole image in double precision. */
class AntialiasTest {
  @Test
  void halvingWeighsFourPixelsByOneThreeThreeOne() {
    // At the ends one pixel is missing: weights 3, 3, 1 of 7.
    float[] expected = {(3 * 10 + 3 * 20 + 30) / 7f, (40 + 3 * 50 + 3 * 60) / 7f};
    float[] three = {expected[0], (20 + 3 * 30 + 3 * 40 + 50) / 8f, expected[1]};
    byte[] pixels = {10, 20, 30, 40, 50, 60};
    assertArrayEquals(three, resize(pixels, 1, 6, 1, 3), 1e-4f);
    assertArrayEquals(three, resize(pixels, 6, 1, 3, 1), 1e-4f);
  }

  @Test
  void makingLargerIsTheSameAsWithoutAntialiasing() {
    byte[] pixels = new byte[11 * 7];
    new Random(1).nextBytes(pixels);
    float[] plain = new float[40 * 23];
    new ImagePreprocessor(Preprocessing.unit(1, 40, 23)).apply(pixels, 1, 11, 7, plain, 0);
    for (int i = 0; i < plain.length; i++) {
      plain[i] *= 255;
    }
    assertArrayEquals(plain, resize(pixels, 11, 7, 40, 23), 1e-2f);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 7, 5",
    "32, 32, 32, 32",
    "100, 75, 28, 28",
    "28, 90, 30, 20",
    "64, 3, 1, 1",
    "50, 51, 49, 50",
    "200, 133, 3, 96"
  })
  void everyPixelIsAWeightedMeanOfTheWholeImage(
      int height, int width, int newHeight, int newWidth) {
    byte[] pixels = new byte[height * width];
    new Random(height).nextBytes(pixels);
    float[] resized = resize(pixels, height, width, newHeight, newWidth);
    for (int y = 0; y < newHeight; y++) {
      for (int x = 0; x < newWidth; x++) {
        double sum = 0;
        double weights = 0;
        for (int p = 0; p < pixels.length; p++) {
          double weight =
              triangle(p / width, y, height, newHeight) * triangle(p % width, x, width, newWidth);
          sum += weight * (pixels[p] & 0xFF);
          weights += weight;
        }
        // Sums of up to 134 terms in single precision, twice.
        assertEquals(sum / weights, resized[y * newWidth + x], 255 * 2e-5, y + ", " + x);
      }
    }
  }

  @Test
  void imagesOfEverySizeMayComeInAnyOrder() {
    Preprocessing preprocessing = Preprocessing.unit(3, 9, 7).antialiased();
    ImagePreprocessor shared = new ImagePreprocessor(preprocessing);
    float[] expected = new float[shared.length()];
    float[] result = new float[shared.length()];
    Random random = new Random(3);
    for (int i = 0; i < 500; i++) {
      int channels = random.nextBoolean() ? 1 : 3;
      int height = 1 + random.nextInt(40);
      int width = 1 + random.nextInt(40);
      byte[] pixels = new byte[channels * height * width];
      random.nextBytes(pixels);
      new ImagePreprocessor(preprocessing).apply(pixels, channels, height, width, expected, 0);
      shared.apply(pixels, channels, height, width, result, 0);
      assertArrayEquals(expected, result, channels + "x" + height + "x" + width);
    }
  }

  private static double triangle(int source, int output, int in, int out) {
    double scale = (double) in / out;
    double distance = source + 0.5 - (output + 0.5) * scale;
    return Math.max(0, 1 - Math.abs(distance) / Math.max(1, scale));
  }

  /** In units of pixel values. */
  private static float[] resize(byte[] pixels, int height, int width, int newHeight, int newWidth) {
    float[] result = new float[newHeight * newWidth];
    new ImagePreprocessor(Preprocessing.unit(1, newHeight, newWidth).antialiased())
        .apply(pixels, 1, height, width, result, 0);
    for (int i = 0; i < result.length; i++) {
      result[i] *= 255;
    }
    return result;
  }
}
