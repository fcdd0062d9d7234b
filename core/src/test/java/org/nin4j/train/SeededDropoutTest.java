package org.nin4j.train;

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
    float[] mask = mask(1, 0, 0, p, n);
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
  void aMaskIsAFunctionOfSeedStepAndLayer() {
    float[] mask = mask(1, 2, 3, 0.5f, 99);
    assertArrayEquals(mask, mask(1, 2, 3, 0.5f, 99));
    assertFalse(Arrays.equals(mask, mask(2, 2, 3, 0.5f, 99)));
    assertFalse(Arrays.equals(mask, mask(1, 3, 3, 0.5f, 99)));
    assertFalse(Arrays.equals(mask, mask(1, 2, 4, 0.5f, 99)));
  }

  @Test
  void nothingIsWrittenBeyondTheLength() {
    float[] mask = {7, 7, 7, 7};
    new SeededDropout(1).fill(0, 0.5f, mask, 3);
    assertEquals(7, mask[3]);
  }

  private static float[] mask(long seed, long step, int layer, float p, int length) {
    SeededDropout dropout = new SeededDropout(seed);
    dropout.atStep(step);
    float[] mask = new float[length];
    dropout.fill(layer, p, mask, length);
    return mask;
  }
}
