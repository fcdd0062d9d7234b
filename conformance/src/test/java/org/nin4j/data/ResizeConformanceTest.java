package org.nin4j.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nin4j.conformance.Report;
import org.nin4j.conformance.Torch;
import org.nin4j.nn.Shape;

/**
 * Images are resized as by PyTorch's {@code interpolate(mode="bilinear", align_corners=False)} in
 * double precision.
 *
 * <p>A place in the source is computed in single precision, as PyTorch does it for floats: for a
 * source of n pixels it is off by up to 2 n roundings, and the value by as much times the largest
 * step between neighbours, which is 1 here; a few roundings of the value itself come on top.
 */
@EnabledIf("org.nin4j.conformance.Torch#isAvailable")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResizeConformanceTest {
  private static final double UNIT = 0x1p-24;
  private static final int RANDOM_PAIRS = 400;

  private int pairs;
  private double worst;

  @AfterAll
  void report() {
    Report.section(
        61,
        "Resizing",
        """
        %d pairs of sizes, 1 to 64 pixels a side to 1 to 256, against interpolate(mode="bilinear",
        align_corners=False) in double precision: the largest error is %.2g of what single precision
        explains.
        """
            .formatted(pairs, worst));
  }

  @ParameterizedTest
  @CsvSource({
    "28, 28, 28, 28",
    "28, 28, 96, 96",
    "28, 28, 224, 224",
    "32, 32, 224, 224",
    "28, 28, 14, 14",
    "1, 1, 5, 7",
    "5, 7, 1, 1",
    "1, 9, 9, 1",
    "64, 3, 63, 4"
  })
  void usualAndExtremeSizes(int height, int width, int newHeight, int newWidth) {
    check(height, width, newHeight, newWidth, 1);
  }

  @Test
  void randomSizes() {
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < RANDOM_PAIRS; i++) {
      check(
          1 + random.nextInt(64),
          1 + random.nextInt(64),
          1 + random.nextInt(256),
          1 + random.nextInt(256),
          random.nextBoolean() ? 1 : 3);
    }
  }

  private void check(int height, int width, int newHeight, int newWidth, int channels) {
    byte[] pixels = new byte[channels * height * width];
    new SplittableRandom(pixels.length).nextBytes(pixels);
    ImageTransform transform =
        new ImageTransform(
            channels, height, width, Preprocessing.unit(channels, newHeight, newWidth));
    float[] ours = new float[transform.length()];
    transform.apply(pixels, ours, 0);
    double[] theirs = theirs(pixels, Shape.of(1, channels, height, width), newHeight, newWidth);
    double tolerance = UNIT * (2.0 * (height + width) + 8);
    for (int i = 0; i < ours.length; i++) {
      assertEquals(theirs[i], ours[i], tolerance);
      worst = Math.max(worst, Math.abs(theirs[i] - ours[i]) / tolerance);
    }
    pairs++;
  }

  private static double[] theirs(byte[] pixels, Shape shape, int newHeight, int newWidth) {
    double[] values = new double[pixels.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (pixels[i] & 0xFF) / 255.0;
    }
    return Torch.scoped(
        () ->
            Torch.values(
                torch.upsample_bilinear2d(
                    Torch.tensor(values, shape),
                    new long[] {newHeight, newWidth},
                    false,
                    new DoubleOptional(),
                    new DoubleOptional())));
  }
}
