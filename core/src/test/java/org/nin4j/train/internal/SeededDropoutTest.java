package org.nin4j.train.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeededDropoutTest {
  @ParameterizedTest
  @ValueSource(floats = {0, 0.1f, 0.5f, 0.9f})
  void itDropsWithItsProbabilityAndKeepsTheMean(float p) {
    int n = 200_001;
    float[] mask = mask(1, 0, 0, 0, p, n);
    int dropped = 0;
    for (float value : mask) {
      if (value == 0) {
        dropped++;
      } else {
        assertEquals(1 / (1 - p), value);
      }
    }
    // Five standard deviations of a binomial count.
    assertEquals(p * n, dropped, 5 * Math.sqrt(n * p * (1 - p)) + 1e-9);
  }

  @Test
  void aMaskIsAFunctionOfSeedEpochImageAndLayer() {
    float[] mask = mask(1, 2, 3, 4, 0.5f, 99);
    assertArrayEquals(mask, mask(1, 2, 3, 4, 0.5f, 99));
    assertFalse(Arrays.equals(mask, mask(2, 2, 3, 4, 0.5f, 99)));
    assertFalse(Arrays.equals(mask, mask(1, 3, 3, 4, 0.5f, 99)));
    assertFalse(Arrays.equals(mask, mask(1, 2, 4, 4, 0.5f, 99)));
    assertFalse(Arrays.equals(mask, mask(1, 2, 3, 5, 0.5f, 99)));
  }

  @Test
  void nothingIsWrittenOutsideTheRange() {
    float[] mask = {7, 7, 7, 7};
    SeededDropout dropout = new SeededDropout(1);
    dropout.at(0, new int[1], new int[1], 0);
    dropout.fill(0, 0.5f, 0, mask, 1, 2);
    assertEquals(7, mask[0]);
    assertEquals(7, mask[3]);
  }

  @Test
  void anImageThatComesAgainInAnEpochHasAnotherMask() {
    float[] first = mask(1, 2, 3, 4, 0.5f, 99);
    SeededDropout dropout = new SeededDropout(1);
    dropout.at(2, new int[] {3, 3}, new int[] {0, 1}, 0);
    float[] again = new float[99];
    dropout.fill(4, 0.5f, 0, again, 0, 99);
    assertArrayEquals(first, again);
    dropout.fill(4, 0.5f, 1, again, 0, 99);
    assertFalse(Arrays.equals(first, again));
  }

  private static float[] mask(long seed, int epoch, int image, int layer, float p, int length) {
    SeededDropout dropout = new SeededDropout(seed);
    dropout.at(epoch, new int[] {-1, image}, new int[2], 1);
    float[] mask = new float[length];
    dropout.fill(layer, p, 0, mask, 0, length);
    return mask;
  }
}
