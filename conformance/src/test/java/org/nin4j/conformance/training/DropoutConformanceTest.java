package org.nin4j.conformance.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nin4j.conformance.ErrorTable;
import org.nin4j.conformance.Report;
import org.nin4j.train.internal.SeededDropout;

/**
 * Dropout's masks are independent draws. The tolerance of each statistic is six of its standard
 * deviations, which independent draws exceed twice in a billion.
 */
class DropoutConformanceTest {
  private static final double SIGMAS = 6;
  private static final int VALUES = 1_000_001;
  private static final int EPOCHS = 4000;
  private static final ErrorTable ERRORS = new ErrorTable();

  @AfterAll
  static void report() {
    Report.section(
        63,
        "Dropout",
        """
        Statistics of the masks for p of 0.1, 0.5 and 0.9; the tolerance is %.0f standard deviations of
        independent draws. With p 0 nothing is dropped, and kept values are multiplied by exactly
        1 / (1 - p).

        """
                .formatted(SIGMAS)
            + ERRORS.table("statistic"));
  }

  @ParameterizedTest
  @ValueSource(floats = {0, 0.1f, 0.5f, 0.9f})
  void valuesAreDroppedWithTheirProbabilityAndOthersScaled(float p) {
    float[] mask = mask(1, 0, 0, p, VALUES);
    int dropped = 0;
    for (float value : mask) {
      if (value == 0) {
        dropped++;
      } else {
        assertEquals(1 / (1 - p), value);
      }
    }
    hold("share dropped", (double) dropped / VALUES - p, Math.sqrt(p * (1 - p) / VALUES), p);
  }

  @ParameterizedTest
  @ValueSource(floats = {0.1f, 0.5f, 0.9f})
  void neighboursAreIndependent(float p) {
    double[] mask = standardised(mask(1, 0, 0, p, VALUES), p);
    for (int distance : new int[] {1, 2, 3, 4, 7, 8, 16, 27, 32, 64, 100, 1024}) {
      double sum = 0;
      for (int i = distance; i < VALUES; i++) {
        sum += mask[i] * mask[i - distance];
      }
      int pairs = VALUES - distance;
      hold("correlation of neighbours", sum / pairs, 1 / Math.sqrt(pairs), p);
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {0.1f, 0.5f, 0.9f})
  void imagesEpochsLayersAndSeedsAreIndependent(float p) {
    double[] mask = standardised(mask(1, 10, 1, p, VALUES), p);
    for (int distance = 1; distance <= 3; distance++) {
      correlate("correlation of images", mask, mask(1, 10 + distance, 1, p, VALUES), p);
      correlate("correlation of epochs", mask, mask(1, distance, 10, 1, p, VALUES), p);
      correlate("correlation of layers", mask, mask(1, 10, 1 + distance, p, VALUES), p);
      correlate("correlation of seeds", mask, mask(1 + distance, 10, 1, p, VALUES), p);
    }
    correlate("correlation of a layer with the next image's", mask, mask(1, 11, 0, p, VALUES), p);
    correlate("correlation of a layer with the next image's", mask, mask(1, 9, 2, p, VALUES), p);
  }

  /** Every eight neighbours make one of 256 patterns: chi-squared with 255 degrees of freedom. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void allPatternsOfEightAreEquallyFrequent(long seed) {
    float[] mask = mask(seed, 0, 0, 0.5f, VALUES);
    int groups = VALUES / 8;
    int[] counts = new int[256];
    for (int group = 0; group < groups; group++) {
      int pattern = 0;
      for (int i = 0; i < 8; i++) {
        pattern = 2 * pattern + (mask[8 * group + i] == 0 ? 0 : 1);
      }
      counts[pattern]++;
    }
    double expected = groups / 256.0;
    double chiSquared = 0;
    for (int count : counts) {
      chiSquared += (count - expected) * (count - expected) / expected;
    }
    hold("chi-squared of patterns of 8", chiSquared - 255, Math.sqrt(2 * 255), 0.5f);
  }

  @ParameterizedTest
  @ValueSource(floats = {0.1f, 0.5f, 0.9f})
  void overATrainingEachValueIsDroppedEquallyOften(float p) {
    int[] dropped = new int[101];
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      float[] mask = mask(1, epoch, 7, 0, p, dropped.length);
      for (int i = 0; i < dropped.length; i++) {
        dropped[i] += mask[i] == 0 ? 1 : 0;
      }
    }
    for (int count : dropped) {
      hold(
          "share of epochs that drop a value",
          (double) count / EPOCHS - p,
          Math.sqrt(p * (1 - p) / EPOCHS),
          p);
    }
  }

  private static void correlate(String row, double[] mask, float[] other, float p) {
    double[] standardised = standardised(other, p);
    double sum = 0;
    for (int i = 0; i < VALUES; i++) {
      sum += mask[i] * standardised[i];
    }
    hold(row, sum / VALUES, 1 / Math.sqrt(VALUES), p);
  }

  private static void hold(String row, double error, double deviation, float p) {
    ERRORS.check(
        row, Math.abs(error), SIGMAS * deviation, () -> String.format(Locale.ROOT, "p %.1f", p));
  }

  /** 1 for a dropped value and 0 for another, moved and scaled to mean 0 and variance 1. */
  private static double[] standardised(float[] mask, float p) {
    double[] standardised = new double[mask.length];
    double deviation = Math.sqrt(p * (1 - p));
    for (int i = 0; i < mask.length; i++) {
      standardised[i] = ((mask[i] == 0 ? 1 : 0) - p) / deviation;
    }
    return standardised;
  }

  private static float[] mask(long seed, int image, int layer, float p, int length) {
    return mask(seed, 0, image, layer, p, length);
  }

  private static float[] mask(long seed, int epoch, int image, int layer, float p, int length) {
    SeededDropout dropout = new SeededDropout(seed);
    dropout.at(epoch, new int[] {image}, new int[1], 0);
    float[] mask = new float[length];
    dropout.fill(layer, p, 0, mask, 0, length);
    return mask;
  }
}
