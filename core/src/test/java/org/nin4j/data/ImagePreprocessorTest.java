package org.nin4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected values are PyTorch's formula, worked by hand or in double precision. */
class ImagePreprocessorTest {
  /** In units of [0, 1]: the source coordinate is rounded at 2^-24 of up to 28 pixels. */
  private static final double TOLERANCE = 1e-5;

  @Test
  void twoByTwoBecomesFourByFourByQuarters() {
    // Places of the four outputs: -0.25 (held at 0), 0.25, 0.75, 1.25 (held at the last pixel).
    float[] expected = {
      0, 20, 60, 80, //
      40, 60, 100, 120, //
      120, 140, 180, 200, //
      160, 180, 220, 240
    };
    assertArrayEquals(expected, resize(new int[] {0, 80, 160, 240}, 2, 2, 4, 4), 1e-3f);
  }

  @Test
  void threeBecomesFiveByFifths() {
    // (i + 0.5) * 3/5 - 0.5 = -0.2 (held at 0), 0.4, 1.0, 1.6, 2.2 (held at the last pixel).
    float[] expected = {10, 30, 60, 132, 180};
    assertArrayEquals(expected, resize(new int[] {10, 60, 180}, 1, 3, 1, 5), 1e-3f);
    assertArrayEquals(expected, resize(new int[] {10, 60, 180}, 3, 1, 5, 1), 1e-3f);
  }

  @Test
  void makingSmallerTakesNeighboursOfTheCentreAndNoMean() {
    // 6 to 2: source coordinates 1.0 and 4.0, so only pixels 1 and 4; antialiasing would mix more.
    assertArrayEquals(
        new float[] {7, 200}, resize(new int[] {0, 7, 90, 80, 200, 250}, 1, 6, 1, 2), 1e-3f);
  }

  @ParameterizedTest
  @CsvSource({
    "28, 28, 96, 96",
    "28, 28, 224, 224",
    "28, 28, 28, 28",
    "1, 1, 7, 5",
    "32, 20, 9, 33",
    "100, 75, 28, 28"
  })
  void anySizeFollowsTheFormula(int height, int width, int newHeight, int newWidth) {
    int[] source = new Random(7).ints((long) height * width, 0, 256).toArray();
    float[] resized = resize(source, height, width, newHeight, newWidth);
    for (int y = 0; y < newHeight; y++) {
      for (int x = 0; x < newWidth; x++) {
        double expected =
            interpolate(
                source,
                height,
                width,
                coordinate(y, height, newHeight),
                coordinate(x, width, newWidth));
        assertEquals(expected, resized[y * newWidth + x], 255 * TOLERANCE, y + ", " + x);
      }
    }
  }

  @Test
  void pixelsAreScaledAndNormalisedForEachChannel() {
    Preprocessing preprocessing =
        Preprocessing.unit(3, 1, 2)
            .then(new Normalize(List.of(0.5f, 0.25f, 0f), List.of(0.5f, 2f, 0.1f)));
    float[] result = new float[6];
    new ImagePreprocessor(preprocessing)
        .apply(new byte[] {0, (byte) 255, 51, 102, 0, 0}, 3, 1, 2, result, 0);
    assertArrayEquals(new float[] {-1, 1, -0.025f, 0.075f, 0, 0}, result, 1e-6f);
  }

  @Test
  void greyIsGivenToEachOfThreeChannels() {
    float[] result = new float[6];
    new ImagePreprocessor(Preprocessing.unit(3, 1, 2))
        .apply(new byte[] {51, (byte) 255}, 1, 1, 2, result, 0);
    assertArrayEquals(new float[] {0.2f, 1, 0.2f, 1, 0.2f, 1}, result, 1e-6f);
  }

  @Test
  void colourBecomesGreyByItsLuma() {
    float[] result = new float[4];
    new ImagePreprocessor(Preprocessing.unit(1, 1, 4))
        .apply(
            new byte[] {
              (byte) 255,
              0,
              0,
              (byte) 255, // red
              0,
              (byte) 255,
              0,
              (byte) 255, // green
              0,
              0,
              (byte) 255,
              (byte) 255 // blue
            },
            3,
            1,
            4,
            result,
            0);
    float[] expected = {76 / 255f, 150 / 255f, 29 / 255f, 1};
    assertArrayEquals(expected, result, 1e-6f);
  }

  @Test
  void onlyTheImagesOwnPlaceInTheTargetIsWritten() {
    float[] target = {9, 9, 9, 9};
    new ImagePreprocessor(Preprocessing.unit(1, 1, 2)).apply(new byte[2], 1, 1, 2, target, 1);
    assertArrayEquals(new float[] {9, 0, 0, 9}, target);
  }

  @Test
  void imagesOfEverySizeMayComeInAnyOrder() {
    Preprocessing preprocessing = Preprocessing.unit(1, 9, 7);
    ImagePreprocessor shared = new ImagePreprocessor(preprocessing);
    Random random = new Random(3);
    float[] expected = new float[shared.length()];
    float[] result = new float[shared.length()];
    for (int i = 0; i < 500; i++) {
      int channels = random.nextBoolean() ? 1 : 3;
      int height = 1 + random.nextInt(12);
      int width = 1 + random.nextInt(12);
      byte[] pixels = new byte[channels * height * width];
      random.nextBytes(pixels);
      new ImagePreprocessor(preprocessing).apply(pixels, channels, height, width, expected, 0);
      shared.apply(new DecodedImage(channels, height, width, pixels), result, 0);
      assertArrayEquals(expected, result, channels + "x" + height + "x" + width);
    }
  }

  @Test
  void theLastEightLengthsAreKeptAndTheOldestGoesFirst() {
    RecentAxes<ResizeAxis> axes = new RecentAxes<>(ResizeAxis::new, 5);
    List<ResizeAxis> made = new ArrayList<>();
    for (int in = 1; in <= RecentAxes.CAPACITY; in++) {
      made.add(axes.axis(in, 5, 0));
    }
    for (int in = 1; in <= RecentAxes.CAPACITY; in++) {
      assertSame(made.get(in - 1), axes.axis(in, 5, 0));
    }
    assertSame(made.get(0), axes.axis(1, 5, 0));
    assertEquals(100, axes.axis(100, 5, 0).in);
    assertSame(made.get(0), axes.axis(1, 5, 0), "used since");
    assertNotSame(made.get(1), axes.axis(2, 5, 0), "the one used longest ago");
    assertNotSame(axes.axis(2, 5, 0), axes.axis(2, 6, 0), "another length");
    assertNotSame(axes.axis(2, 5, 0), axes.axis(2, 5, 1), "another part");
  }

  @Test
  void whatIsNoImageIsRefused() {
    ImagePreprocessor preprocessor = new ImagePreprocessor(Preprocessing.unit(1, 1, 1));
    assertEquals(
        "images have 1 or 3 channels, not 2",
        assertThrows(
                IllegalArgumentException.class,
                () -> preprocessor.apply(new byte[2], 2, 1, 1, new float[1], 0))
            .getMessage());
    assertEquals(
        "5 bytes are not an image of 3x1x2",
        assertThrows(
                IllegalArgumentException.class,
                () -> preprocessor.apply(new byte[5], 3, 1, 2, new float[1], 0))
            .getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> preprocessor.apply(new byte[5], 1, 0, 2, new float[1], 0));
    assertThrows(
        IllegalArgumentException.class,
        () -> preprocessor.apply(new byte[5], 3, 1 << 16, 1 << 16, new float[1], 0));
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> preprocessor.apply(new byte[1], 1, 1, 1, new float[1], 1));
  }

  private static float[] resize(int[] pixels, int height, int width, int newHeight, int newWidth) {
    float[] result = new float[newHeight * newWidth];
    new ImagePreprocessor(Preprocessing.unit(1, newHeight, newWidth))
        .apply(bytes(pixels), 1, height, width, result, 0);
    return inPixelUnits(result);
  }

  private static byte[] bytes(int[] pixels) {
    byte[] bytes = new byte[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      bytes[i] = (byte) pixels[i];
    }
    return bytes;
  }

  private static float[] inPixelUnits(float[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= 255;
    }
    return values;
  }

  private static double coordinate(int i, int in, int out) {
    return Math.max(0, (i + 0.5) * in / out - 0.5);
  }

  private static double interpolate(int[] source, int height, int width, double y, double x) {
    int top = (int) Math.floor(y);
    int left = (int) Math.floor(x);
    int bottom = Math.min(top + 1, height - 1);
    int right = Math.min(left + 1, width - 1);
    double down = y - top;
    double along = x - left;
    return (1 - down) * (1 - along) * source[top * width + left]
        + (1 - down) * along * source[top * width + right]
        + down * (1 - along) * source[bottom * width + left]
        + down * along * source[bottom * width + right];
  }
}
