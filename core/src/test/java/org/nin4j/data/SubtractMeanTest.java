package org.nin4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SubtractMeanTest {
  private static final int VALUES = 3 * 4 * 5;
  private static final Resize RESIZE = new Resize(9, 8, false);
  private static final CenterCrop CROP = new CenterCrop(4, 5);
  private static final Normalize NORMALIZE =
      new Normalize(List.of(0f, 0f, 0f), List.of(1 / 255f, 1 / 255f, 1 / 255f));

  @Test
  void eachValueLosesItsOwnMeanBeforeItIsScaled() {
    float[] means = means(VALUES);
    float[] plain = apply(new Preprocessing(3, List.of(RESIZE, CROP)));
    float[] found =
        apply(
            new Preprocessing(
                3, List.of(RESIZE, CROP, new SubtractMean(3, 4, 5, means), NORMALIZE)));
    for (int i = 0; i < VALUES; i++) {
      assertEquals((plain[i] - means[i]) / (1 / 255f), found[i]);
    }
  }

  @Test
  void anImageOfTheInputsSizeIsOnlySubtractedFrom() {
    byte[] pixels = {10, (byte) 200, 30, 40};
    Preprocessing how = Preprocessing.unit(1, 2, 2);
    float[] means = {0.1f, 0.2f, 0.3f, 0.4f};
    float[] found = new float[4];
    new ImagePreprocessor(how.then(new SubtractMean(1, 2, 2, means)))
        .apply(pixels, 1, 2, 2, found, 0);
    assertArrayEquals(
        new float[] {10 / 255f - 0.1f, 200 / 255f - 0.2f, 30 / 255f - 0.3f, 40 / 255f - 0.4f},
        found);
  }

  @Test
  void aMeanImageOfAnotherSizeThanTheInputIsRefused() {
    SubtractMean mean = new SubtractMean(3, 4, 5, means(VALUES));
    assertEquals(
        "SubtractMean must have the size of the network's input, 3x9x8, but is 3x4x5",
        assertThrows(
                IllegalArgumentException.class, () -> new Preprocessing(3, List.of(RESIZE, mean)))
            .getMessage());
    assertEquals(
        "SubtractMean must have the size of the network's input, 1x4x5, but is 3x4x5",
        assertThrows(
                IllegalArgumentException.class,
                () -> new Preprocessing(1, List.of(RESIZE, CROP, mean)))
            .getMessage());
  }

  @Test
  void meansThatCannotBeAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new SubtractMean(2, 1, 1, new float[2]));
    assertThrows(IllegalArgumentException.class, () -> new SubtractMean(1, 0, 1, new float[0]));
    assertThrows(IllegalArgumentException.class, () -> new SubtractMean(1, 2, 2, new float[3]));
    assertThrows(
        IllegalArgumentException.class, () -> new SubtractMean(1, 1, 1, new float[] {Float.NaN}));
    assertEquals(
        "SubtractMean of 3x65536x65536 has 12884901888 means, but may have 750000 at most",
        assertThrows(
                IllegalArgumentException.class,
                () -> new SubtractMean(3, 65536, 65536, new float[0]))
            .getMessage());
    SubtractMean small = new SubtractMean(1, 1, 1, new float[1]);
    assertThrows(IllegalArgumentException.class, () -> small.resized(65536, 65536));
  }

  @Test
  void twoAreEqualWhenTheirMeansAreAndKeepTheirOwn() {
    float[] means = means(VALUES);
    SubtractMean mean = new SubtractMean(3, 4, 5, means);
    assertEquals(new SubtractMean(3, 4, 5, means), mean);
    assertEquals(new SubtractMean(3, 4, 5, means).hashCode(), mean.hashCode());
    assertNotEquals(new SubtractMean(3, 5, 4, means), mean);
    means[7]++;
    assertNotEquals(new SubtractMean(3, 4, 5, means), mean);
    float[] given = mean.means();
    given[7]++;
    assertNotEquals(new SubtractMean(3, 4, 5, given), mean);
  }

  @Test
  void anInputOfAnotherSizeGetsAResizedMeanImageAndCrop() {
    float[] means = {0.25f, 0.5f, 0.75f, 1};
    Preprocessing how =
        new Preprocessing(
            1,
            List.of(
                new Resize(4, 3, false), new CenterCrop(2, 2), new SubtractMean(1, 2, 2, means)));
    Preprocessing larger = how.withSize(4, 4);
    assertEquals(
        List.of(new Resize(8, 6, false), new CenterCrop(4, 4)), larger.steps().subList(0, 2));
    // What Resize makes of an image is what becomes of its mean.
    byte[] image = {64, (byte) 128, (byte) 192, (byte) 255};
    float[] resized = new float[16];
    new ImagePreprocessor(Preprocessing.unit(1, 4, 4)).apply(image, 1, 2, 2, resized, 0);
    float[] same = new float[4];
    new ImagePreprocessor(Preprocessing.unit(1, 2, 2)).apply(image, 1, 2, 2, same, 0);
    SubtractMean expected = new SubtractMean(1, 2, 2, same).resized(4, 4);
    assertArrayEquals(resized, expected.means(), 1e-6f);
    assertEquals(new SubtractMean(1, 2, 2, means).resized(4, 4), larger.steps().get(2));
    assertEquals(how, how.withSize(2, 2));
  }

  @Test
  void erasedPixelsGetTheAverageOfTheMeanImage() {
    Preprocessing how =
        Preprocessing.unit(1, 1, 2).then(new SubtractMean(1, 1, 2, new float[] {0.2f, 0.6f}));
    assertEquals((byte) 102, new ImageVisit(1, how).neutral(0)); // 0.4 of 255
  }

  private static float[] means(int length) {
    float[] means = new float[length];
    Random random = new Random(5);
    for (int i = 0; i < length; i++) {
      means[i] = random.nextFloat();
    }
    return means;
  }

  private static float[] apply(Preprocessing how) {
    byte[] pixels = new byte[3 * 7 * 6];
    new Random(3).nextBytes(pixels);
    float[] values = new float[VALUES];
    new ImagePreprocessor(how).apply(pixels, 3, 7, 6, values, 0);
    return values;
  }
}
