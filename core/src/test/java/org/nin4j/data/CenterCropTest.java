package org.nin4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CenterCropTest {
  /** Resized sizes and offsets by torchvision's resize(size) and center_crop. */
  @ParameterizedTest
  @CsvSource({
    "375, 500, 256, 224, 256, 341, 16, 58",
    "500, 375, 256, 224, 341, 256, 58, 16",
    "100, 100, 256, 224, 256, 256, 16, 16",
    "20, 30, 8, 8, 8, 12, 0, 2",
    "20, 30, 9, 8, 9, 13, 0, 2",
    "3, 1, 7, 4, 21, 7, 8, 2"
  })
  void theCentreOfTheProportionallyResizedImageIsTheInput(
      int height,
      int width,
      int shorter,
      int input,
      int resizedHeight,
      int resizedWidth,
      int top,
      int left) {
    byte[] pixels = new byte[3 * height * width];
    new Random(7).nextBytes(pixels);
    for (boolean antialias : new boolean[] {false, true}) {
      float[] whole = apply(how(resizedHeight, resizedWidth, antialias), pixels, height, width);
      float[] expected = new float[3 * input * input];
      for (int i = 0; i < expected.length; i++) {
        int y = i / input % input + top;
        int x = i % input + left;
        expected[i] = whole[(i / input / input * resizedHeight + y) * resizedWidth + x];
      }
      float[] found =
          apply(how(input, input, antialias).centerCropped(shorter), pixels, height, width);
      assertArrayEquals(expected, found, 2e-5f, antialias ? "antialiased" : "plain");
    }
  }

  @Test
  void anImageThatIsRandomlyCroppedIsNotCroppedToItsCentre() {
    MixedImages images = MixedImages.of(30, 3);
    Preprocessing preprocessing = how(4, 4, true);
    RandomResizedCrop crop = new RandomResizedCrop();
    DataLoader loader =
        DataLoader.builder(images, preprocessing.centerCropped(6), 30)
            .augmentations(List.of(crop))
            .seed(Augmented.SEED)
            .build();
    try (Epoch epoch = loader.epoch(0, 0)) {
      Batch batch = epoch.next();
      for (int i = 0; i < 30; i++) {
        DecodedImage part = Augmented.apply(crop, images.image(i), Augmented.visit(0, i));
        float[] expected = apply(preprocessing, part.pixels(), part.height(), part.width());
        float[] found = Arrays.copyOfRange(batch.images(), i * 48, (i + 1) * 48);
        assertArrayEquals(expected, found, "image " + i);
      }
    }
  }

  @Test
  void aShorterSideThatDoesNotFillTheInputIsRefused() {
    assertEquals(
        "the centre crop of 4x6 is larger than the shorter side of the resized image, 5",
        assertThrows(IllegalArgumentException.class, () -> how(4, 6, false).centerCropped(5))
            .getMessage());
  }

  private static Preprocessing how(int height, int width, boolean antialias) {
    Preprocessing how = Preprocessing.unit(3, height, width);
    return antialias ? how.antialiased() : how;
  }

  private static float[] apply(Preprocessing how, byte[] pixels, int height, int width) {
    ImagePreprocessor preprocessor = new ImagePreprocessor(how);
    float[] result = new float[preprocessor.length()];
    preprocessor.apply(pixels, 3, height, width, result, 0);
    return result;
  }
}
