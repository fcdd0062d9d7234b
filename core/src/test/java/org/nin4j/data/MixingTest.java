package org.nin4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nin4j.internal.SplitMix64;

class MixingTest {
  private static final Preprocessing SHAPE = Preprocessing.unit(3, 8, 10);
  private static final int LENGTH = 240;
  private static final long SEED = 6;

  @Test
  void withoutMixingEveryTargetIsTheImagesOwnLabel() {
    try (Epoch epoch = DataLoader.inOrder(MixedImages.of(9, 3), SHAPE, 9).epoch(0, 0)) {
      Batch batch = epoch.next();
      for (int i = 0; i < 9; i++) {
        assertEquals(batch.labels()[i], batch.secondLabels()[i]);
        assertEquals(1, batch.ratios()[i]);
      }
    }
  }

  /** Both are augmented and preprocessed as they would be without mixing. */
  @Test
  void mixupBlendsWithTheDrawnImage() {
    MixedImages images = MixedImages.of(60, 3);
    float[][] plain = epoch(images, null, 60);
    float[][] mixed = epoch(images, new Mixup(0.4), 60);
    for (int i = 0; i < 60; i++) {
      int partner = partner(i);
      float share = mixed[i][LENGTH];
      float[] expected = new float[LENGTH];
      for (int p = 0; p < LENGTH; p++) {
        expected[p] = share * plain[i][p] + (1 - share) * plain[partner][p];
      }
      assertArrayEquals(expected, Arrays.copyOf(mixed[i], LENGTH), 1e-6f, "image " + i);
      assertEquals(images.label(partner), mixed[i][LENGTH + 1]);
      assertTrue(share >= 0 && share <= 1, "share " + share);
    }
  }

  @Test
  void cutMixReplacesARectangleOfTheDrawnImage() {
    MixedImages images = MixedImages.of(60, 3);
    float[][] plain = epoch(images, null, 60);
    float[][] mixed = epoch(images, new CutMix(1), 60);
    int replaced = 0;
    for (int i = 0; i < 60; i++) {
      int partner = partner(i);
      int count = Math.round((1 - mixed[i][LENGTH]) * 80);
      Box box = box(i, count);
      for (int p = 0; p < LENGTH; p++) {
        int y = p / 10 % 8;
        int x = p % 10;
        boolean inside =
            y >= box.top()
                && y < box.top() + box.height()
                && x >= box.left()
                && x < box.left() + box.width();
        assertEquals(plain[inside ? partner : i][p], mixed[i][p], "image " + i);
      }
      assertEquals(images.label(partner), mixed[i][LENGTH + 1]);
      replaced += count;
    }
    assertTrue(replaced > 500, "of 4800 pixels, replaced are " + replaced);
  }

  /** Positions and sizes by torchvision's CutMix. */
  private static Box box(int index, int count) {
    SplitMix64 random = random(index);
    random.next(); // the partner
    double share = SymmetricBeta.draw(1, random);
    int y = random.below(8);
    int x = random.below(10);
    int halfHeight = (int) (Math.sqrt(1 - share) / 2 * 8);
    int halfWidth = (int) (Math.sqrt(1 - share) / 2 * 10);
    int top = Math.max(y - halfHeight, 0);
    int left = Math.max(x - halfWidth, 0);
    Box box =
        new Box(top, left, Math.min(y + halfHeight, 8) - top, Math.min(x + halfWidth, 10) - left);
    assertEquals(box.height() * box.width(), count);
    return box;
  }

  @Test
  void whatIsMixedIsAFunctionOfSeedEpochAndImage() {
    MixedImages images = MixedImages.of(60, 3);
    for (Mixing mixing : List.of(new Mixup(1), new CutMix(1))) {
      assertArrayEquals(epoch(images, mixing, 60), epoch(images, mixing, 7));
    }
  }

  /** Mean 1/2, variance 1 / (4 (2 alpha + 1)). */
  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.2, 1, 4})
  void sharesAreBetaDistributed(double alpha) {
    SplitMix64 random = new SplitMix64();
    random.seed(1, 2, 3);
    int count = 20_000;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < count; i++) {
      double share = SymmetricBeta.draw(alpha, random);
      sum += share;
      squares += (share - 0.5) * (share - 0.5);
    }
    double variance = 1 / (4 * (2 * alpha + 1));
    assertEquals(0.5, sum / count, 4 * Math.sqrt(variance / count), "four standard deviations");
    assertEquals(variance, squares / count, 0.03 * variance);
  }

  @Test
  void anAlphaThatIsTooSmallOrTooLargeIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Mixup(0.01));
    assertThrows(IllegalArgumentException.class, () -> new Mixup(Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> new CutMix(5));
  }

  private static SplitMix64 random(int index) {
    SplitMix64 random = new SplitMix64();
    random.seed(SEED, 2, index + 1, 1);
    return random;
  }

  private static int partner(int index) {
    return random(index).below(60);
  }

  /** For each image its floats, its ratio and its second label. */
  private static float[][] epoch(MixedImages images, Mixing mixing, int batchSize) {
    float[][] found = new float[images.size()][LENGTH + 2];
    DataLoader loader =
        DataLoader.builder(images, SHAPE, batchSize)
            .sampling(Sampling.SHUFFLED)
            .augmentations(List.of(new RandomHorizontalFlip()))
            .seed(SEED)
            .mixing(mixing)
            .workers(2)
            .build();
    try (Epoch epoch = loader.epoch(2, 0)) {
      for (Batch batch = epoch.next(); batch != null; batch = epoch.next()) {
        for (int i = 0; i < batch.size(); i++) {
          float[] image = found[batch.indices()[i]];
          System.arraycopy(batch.images(), i * LENGTH, image, 0, LENGTH);
          image[LENGTH] = batch.ratios()[i];
          image[LENGTH + 1] = batch.secondLabels()[i];
        }
      }
    }
    return found;
  }
}
