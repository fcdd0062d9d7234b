package org.nin4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Dropout's masks are what they should be by chance: shares and correlations within six standard
 * errors of independent draws.
 */
class SeededDropoutConformanceTest {
  private static final int VALUES = 1_000_000;
  private static final double STANDARD_ERRORS = 6;

  @ParameterizedTest
  @ValueSource(floats = {0, 0.1f, 0.3f, 0.5f, 0.9f})
  void theShareOfDroppedValuesIsP(float p) {
    float[] mask = mask(7, 0, 0, p);
    int dropped = 0;
    for (float value : mask) {
      assertTrue(value == 0 || value == 1 / (1 - p), "a mask holds " + value);
      dropped += value == 0 ? 1 : 0;
    }
    double error = Math.sqrt(p * (1 - p) / VALUES);
    assertEquals(p, (double) dropped / VALUES, STANDARD_ERRORS * error);
  }

  @ParameterizedTest
  @ValueSource(floats = {0.1f, 0.5f, 0.9f})
  void neighboursStepsLayersAndSeedsAreIndependent(float p) {
    float[] mask = mask(7, 0, 0, p);
    for (int lag : new int[] {1, 2, 3, 8, 24, 576}) {
      assertUncorrelated(mask, mask, lag, p);
    }
    assertUncorrelated(mask, mask(7, 1, 0, p), 0, p);
    assertUncorrelated(mask, mask(7, 0, 1, p), 0, p);
    assertUncorrelated(mask, mask(8, 0, 0, p), 0, p);
  }

  private static float[] mask(long seed, long step, int layer, float p) {
    SeededDropout dropout = new SeededDropout(seed);
    dropout.atStep(step);
    float[] mask = new float[VALUES];
    dropout.fill(layer, p, mask, VALUES);
    return mask;
  }

  /** The correlation of n independent pairs scatters by 1 / sqrt(n). */
  private static void assertUncorrelated(float[] a, float[] b, int lag, float p) {
    double sum = 0;
    int n = VALUES - lag;
    for (int i = 0; i < n; i++) {
      sum += ((a[i] == 0 ? 1 : 0) - p) * ((b[i + lag] == 0 ? 1 : 0) - p);
    }
    assertEquals(0, sum / n / (p * (1 - p)), STANDARD_ERRORS / Math.sqrt(n));
  }
}
