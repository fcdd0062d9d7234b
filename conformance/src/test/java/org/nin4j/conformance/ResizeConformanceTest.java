package org.nin4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.InterpolateFuncOptions;
import org.bytedeco.pytorch.LongVector;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.kBilinear;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nin4j.data.ImagePreprocessor;
import org.nin4j.data.Normalize;
import org.nin4j.data.Preprocessing;
import org.nin4j.nn.Shape;

/**
 * Images resized and normalised against PyTorch's interpolate(mode="bilinear",
 * align_corners=False), with and without antialiasing, in double precision.
 */
@EnabledIf("org.nin4j.conformance.Torch#isAvailable")
class ResizeConformanceTest {
  private static final double UNIT_ROUNDOFF = 0x1p-24;
  private static final int RANDOM_SIZES = Integer.getInteger("sweep", 2000) / 4;
  private static final ErrorTable ERRORS = new ErrorTable();

  private final SplittableRandom random = new SplittableRandom(9);

  @AfterAll
  static void report() {
    Report.section(
        61,
        "Resize",
        """
        Images of random pixels, of %d random sizes and of some usual ones, resized and normalised,
        beside PyTorch's interpolate in double precision. Without antialiasing, the position in the
        source is rounded to single precision, and with it, sums are of many terms, so the tolerance
        grows with the source's size. Images that keep their size keep every bit.

        """
                .formatted(RANDOM_SIZES)
            + ERRORS.table("pixels of images"));
  }

  @Test
  void randomSizes() {
    for (int i = 0; i < RANDOM_SIZES; i++) {
      int height = random.nextInt(1, 65);
      int width = random.nextInt(1, 65);
      int newHeight = random.nextInt(1, 257);
      int newWidth = random.nextInt(1, 257);
      hold("random sizes", height, width, newHeight, newWidth);
      // To a width of 1, PyTorch's antialiased result is not the mean that its formula says.
      hold("antialiased: random sizes", newHeight, newWidth, height, Math.max(2, width));
      hold("antialiased: random sizes", height, width, newHeight, Math.max(2, newWidth));
    }
  }

  @ParameterizedTest
  @CsvSource({"1000, 750, 96, 96", "601, 1201, 32, 32", "300, 224, 224, 224", "256, 256, 128, 64"})
  void photosAreAntialiased(int height, int width, int newHeight, int newWidth) {
    hold("antialiased: photos", height, width, newHeight, newWidth);
    hold("photos", height, width, newHeight, newWidth);
  }

  @ParameterizedTest
  @CsvSource({
    "28, 224", "28, 96", "28, 32", "32, 28", "32, 224", "64, 1", "1, 1", "1, 256", "2, 3", "3, 2",
    "64, 63", "63, 64", "64, 128", "64, 32", "64, 256", "50, 150"
  })
  void commonAndExtremeSizes(int from, int to) {
    hold("common sizes", from, from, to, to);
    hold("common sizes", from, to, to, to);
    hold("common sizes", from, to, to, from);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 64", "28, 28", "32, 32", "64, 7"})
  void anImageOfTheRightSizeKeepsItsBits(int height, int width) {
    byte[] pixels = pixels(height * width);
    float[] result = new float[pixels.length];
    new ImagePreprocessor(Preprocessing.unit(1, height, width))
        .apply(pixels, 1, height, width, result, 0);
    for (int i = 0; i < pixels.length; i++) {
      assertEquals((pixels[i] & 0xFF) / 255f, result[i]);
    }
  }

  private byte[] pixels(int count) {
    byte[] pixels = new byte[count];
    random.nextBytes(pixels);
    return pixels;
  }

  /**
   * Along an axis, the position in the source is scale * (i + 0.5) - 0.5 with three roundings of at
   * most the source's size, and moves the value by that times the difference of neighbours, at most
   * 1 / std. Then there are ten roundings of values of the size of the largest: scaling and
   * normalising, and two sums of two products. Antialiased, the sums have more terms, each rounded
   * to a sum that is not above the largest value.
   */
  private void hold(String row, int height, int width, int newHeight, int newWidth) {
    int channels = random.nextBoolean() ? 1 : 3;
    List<Float> means = new ArrayList<>();
    List<Float> deviations = new ArrayList<>();
    for (int c = 0; c < channels; c++) {
      means.add((float) random.nextDouble());
      deviations.add((float) random.nextDouble(0.1, 1));
    }
    byte[] pixels = pixels(channels * height * width);
    boolean antialias = row.startsWith("antialiased");
    Preprocessing plain =
        Preprocessing.unit(channels, newHeight, newWidth).then(new Normalize(means, deviations));
    Preprocessing preprocessing = antialias ? plain.antialiased() : plain;
    ImagePreprocessor preprocessor = new ImagePreprocessor(preprocessing);
    float[] result = new float[preprocessor.length()];
    preprocessor.apply(pixels, channels, height, width, result, 0);
    double[] expected =
        Torch.scoped(
            () ->
                byTorch(
                    pixels, Shape.of(1, channels, height, width), newHeight, newWidth, antialias));
    int area = newHeight * newWidth;
    for (int i = 0; i < result.length; i++) {
      int index = i;
      float mean = means.get(i / area);
      float deviation = deviations.get(i / area);
      double largest = Math.max(mean, 1 - mean) / deviation;
      double source =
          antialias && (newHeight < height || newWidth < width)
              ? (terms(height, newHeight) + terms(width, newWidth)) * largest
              : 3.0 * (height + width) / deviation;
      double tolerance = (source + 10 * largest) * UNIT_ROUNDOFF;
      ERRORS.check(
          row,
          Math.abs((expected[i] - mean) / deviation - result[i]),
          tolerance,
          () ->
              String.format(
                  "%dx%dx%d to %dx%d, value %d",
                  channels, height, width, newHeight, newWidth, index));
    }
  }

  /** How many pixels of the source a pixel is the mean of, at most, each with its weight. */
  private static double terms(int in, int out) {
    return 2 * (2 * Math.max(1.0, (double) in / out) + 1);
  }

  /** In units of [0, 1], not normalised. */
  private static double[] byTorch(
      byte[] pixels, Shape shape, int newHeight, int newWidth, boolean antialias) {
    double[] values = new double[pixels.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = pixels[i] & 0xFF;
    }
    InterpolateFuncOptions options = new InterpolateFuncOptions();
    options.size().put(new LongVector(newHeight, newWidth));
    options.mode().put(new kBilinear());
    options.align_corners().put(false);
    options.antialias().put(antialias);
    Tensor resized = torch.interpolate(Torch.tensor(values, shape), options);
    return Torch.values(resized.div(new Scalar(255.0)));
  }
}
