package org.nin4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PreprocessingTest {
  private static final Resize RESIZE = new Resize(6, 5, false);
  private static final Normalize NORMALIZE =
      new Normalize(List.of(0.1f, 0.2f, 0.3f), List.of(0.5f, 0.25f, 2f));

  private static void assertRefused(String message, PreprocessingStep... steps) {
    assertEquals(
        message,
        assertThrows(
                IllegalArgumentException.class, () -> new Preprocessing(3, Arrays.asList(steps)))
            .getMessage());
  }

  @Test
  void ordersThatCannotWorkAreRefusedByName() {
    String first =
        "preprocessing must begin with Resize or ResizeShorterSide, because images may have any"
            + " size, but ";
    assertRefused(first + "has no steps");
    assertRefused(first + "begins with Normalize", NORMALIZE, RESIZE);
    assertRefused(first + "begins with CenterCrop", new CenterCrop(2, 2), RESIZE);
    assertRefused("Resize must be the first step, but comes after Resize", RESIZE, RESIZE);
    assertRefused(
        "ResizeShorterSide must be the first step, but comes after Normalize",
        RESIZE,
        NORMALIZE,
        new ResizeShorterSide(3, true));
    assertRefused(
        "CenterCrop must come directly after Resize or ResizeShorterSide, but comes after Normalize",
        RESIZE,
        NORMALIZE,
        new CenterCrop(2, 2));
    assertRefused(
        "CenterCrop must come directly after Resize or ResizeShorterSide, but comes after"
            + " CenterCrop",
        RESIZE,
        new CenterCrop(3, 3),
        new CenterCrop(2, 2));
    String unequal =
        "ResizeShorterSide must be followed by CenterCrop, because it leaves images of different"
            + " sizes";
    assertRefused(unequal, new ResizeShorterSide(3, true));
    assertRefused(unequal, new ResizeShorterSide(3, true), NORMALIZE);
    assertRefused(
        "the centre crop of 4x6 is larger than the resized image, 6x5",
        RESIZE,
        new CenterCrop(4, 6));
    assertRefused(
        "Normalize needs one mean and one std for each channel, 3 in all, but has 1",
        RESIZE,
        new GlobalContrastNormalization(),
        new Normalize(List.of(0f), List.of(1f)));
  }

  @Test
  void valuesThatCannotBeAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Resize(0, 5, false));
    assertThrows(IllegalArgumentException.class, () -> new CenterCrop(1, -1));
    assertThrows(IllegalArgumentException.class, () -> new ResizeShorterSide(0, false));
    assertThrows(IllegalArgumentException.class, () -> new Normalize(List.of(0f), List.of(1f, 1f)));
    assertThrows(
        IllegalArgumentException.class, () -> new Normalize(List.of(Float.NaN), List.of(1f)));
    assertThrows(IllegalArgumentException.class, () -> new Normalize(List.of(0f), List.of(0f)));
    assertThrows(IllegalArgumentException.class, () -> new GlobalContrastNormalization(0));
    assertThrows(IllegalArgumentException.class, () -> new Preprocessing(2, List.of(RESIZE)));
  }

  @Test
  void stepsKeepTheirOthersWhenOneIsChanged() {
    Preprocessing plain =
        Preprocessing.unit(3, 6, 5).then(new GlobalContrastNormalization(2)).then(NORMALIZE);
    assertEquals(
        List.of(
            new ResizeShorterSide(7, true),
            new CenterCrop(6, 5),
            new GlobalContrastNormalization(2),
            NORMALIZE),
        plain.antialiased().centerCropped(7).steps());
    assertEquals(plain, plain.centerCropped(7).stretched());
    Preprocessing cropped =
        new Preprocessing(3, List.of(new Resize(9, 8, false), new CenterCrop(6, 5)));
    assertEquals(List.of(6, 5), List.of(cropped.height(), cropped.width()));
    assertEquals(new Resize(9, 8, true), cropped.antialiased().steps().get(0));
  }

  @Test
  void aResizedImageCanBeCropped() {
    Preprocessing cropped =
        new Preprocessing(3, List.of(new Resize(9, 8, false), new CenterCrop(5, 4)));
    float[] whole = apply(Preprocessing.unit(3, 9, 8));
    float[] expected = new float[60];
    for (int i = 0; i < 60; i++) {
      expected[i] = whole[i / 20 * 72 + (i / 4 % 5 + 2) * 8 + i % 4 + 2];
    }
    assertArrayEquals(expected, apply(cropped), 1e-6f);
  }

  @Test
  void globalContrastNormalizationGivesEachImageMeanZeroAndTheNorm() {
    Preprocessing resize = Preprocessing.unit(3, 6, 5);
    float[] plain = apply(resize);
    // As pylearn2, on pixels from 0 to 255.
    double[] pixels = new double[plain.length];
    Arrays.setAll(pixels, i -> 255.0 * plain[i]);
    double mean = Arrays.stream(pixels).average().orElseThrow();
    double norm = Math.sqrt(Arrays.stream(pixels).map(x -> (x - mean) * (x - mean)).sum());
    float[] found = apply(resize.then(new GlobalContrastNormalization()));
    for (int i = 0; i < found.length; i++) {
      assertEquals(55 * (pixels[i] - mean) / norm, found[i], 1e-5);
    }
  }

  /** Of 0, 0, 0, 1: the mean is 1/4 and the norm of the rest the root of 3/4. */
  @Test
  void globalContrastNormalizationByHand() {
    float[] values = {9, 0, 0, 0, 1, 9};
    new GlobalContrastNormalization(Math.sqrt(12)).apply(values, 1, 4);
    assertArrayEquals(new float[] {9, -1, -1, -1, 3, 9}, values, 1e-6f);
  }

  @Test
  void anImageOfOneColourBecomesZero() {
    Preprocessing how = Preprocessing.unit(3, 2, 2).then(new GlobalContrastNormalization());
    byte[] pixels = new byte[48];
    Arrays.fill(pixels, (byte) 77);
    float[] found = new float[12];
    new ImagePreprocessor(how).apply(pixels, 3, 4, 4, found, 0);
    assertArrayEquals(new float[12], found, 1e-6f);
  }

  @Test
  void normalizeChangesWhatTheStepsBeforeItGive() {
    Preprocessing contrast = Preprocessing.unit(3, 6, 5).then(new GlobalContrastNormalization(3));
    float[] before = apply(contrast);
    float[] found = apply(contrast.then(NORMALIZE).then(NORMALIZE));
    for (int i = 0; i < found.length; i++) {
      float mean = NORMALIZE.mean().get(i / 30);
      float std = NORMALIZE.std().get(i / 30);
      assertEquals(((before[i] - mean) / std - mean) / std, found[i], 1e-5f);
    }
  }

  /** The same image of 7x11, at an offset, between values that stay. */
  private static float[] apply(Preprocessing how) {
    byte[] pixels = new byte[3 * 7 * 11];
    new Random(4).nextBytes(pixels);
    ImagePreprocessor preprocessor = new ImagePreprocessor(how);
    float[] target = new float[preprocessor.length() + 2];
    Arrays.fill(target, 9);
    preprocessor.apply(pixels, 3, 7, 11, target, 1);
    assertEquals(9, target[0]);
    assertEquals(9, target[target.length - 1]);
    return Arrays.copyOfRange(target, 1, target.length - 1);
  }

  @Test
  void preprocessingForAnotherSizeHasTheSameSteps() {
    Preprocessing stretched = Preprocessing.unit(1, 8, 8);
    assertEquals(Preprocessing.unit(1, 12, 10), stretched.withSize(12, 10));
    assertEquals(
        Preprocessing.unit(1, 12, 10).antialiased(), stretched.antialiased().withSize(12, 10));
    Preprocessing cropped = Preprocessing.unit(3, 224, 200).centerCropped(256);
    assertEquals(cropped, cropped.withSize(224, 200));
    assertEquals(Preprocessing.unit(3, 112, 112).centerCropped(128), cropped.withSize(112, 112));
    assertEquals(Preprocessing.unit(3, 50, 98).centerCropped(112), cropped.withSize(50, 98));
  }

  @Test
  void eachStepSaysInWordsWhatItDoes() {
    assertEquals("resize to 6 x 5", RESIZE.description());
    assertEquals("resize to 6 x 5, antialiased", new Resize(6, 5, true).description());
    assertEquals(
        "resize the shorter side to 7, antialiased", new ResizeShorterSide(7, true).description());
    assertEquals("crop the centre to 6 x 5", new CenterCrop(6, 5).description());
    assertEquals(
        "normalise with mean 0.1, 0.2, 0.3 and std 0.5, 0.25, 2.0", NORMALIZE.description());
    assertEquals(
        "subtract a mean image of 1 x 2 x 3",
        new SubtractMean(1, 2, 3, new float[6]).description());
    assertEquals(
        "normalise the global contrast with scale 55.0",
        new GlobalContrastNormalization().description());
  }
}
