package org.nin4j.tracking.tensorboard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistogramTest {
  private static final float NAN = Float.NaN;

  @Test
  void theNumbersFrom0To60FillThirtyBucketsOfWidthTwo() {
    float[] values = new float[61];
    for (int i = 0; i <= 60; i++) {
      values[i] = 60 - i;
    }
    Histogram histogram = Histogram.of(values);
    assertEquals(0, histogram.min());
    assertEquals(60, histogram.max());
    assertEquals(61, histogram.count());
    assertEquals(60 * 61 / 2, histogram.sum());
    assertEquals(60 * 61 * 121 / 6, histogram.sumOfSquares());
    for (int i = 0; i < 30; i++) {
      assertEquals(2.0 * (i + 1), histogram.limits().get(i), 1e-12);
      assertEquals(i < 29 ? 2 : 3, histogram.counts().get(i));
    }
  }

  @Test
  void equalNumbersAreInOneBucket() {
    Histogram histogram = Histogram.of(new float[] {-1.5f, -1.5f});
    assertEquals(List.of(-1.5), histogram.limits());
    assertEquals(List.of(2.0), histogram.counts());
  }

  @Test
  void numbersThatAreNotFiniteAreLeftOut() {
    Histogram histogram =
        Histogram.of(new float[] {NAN, 1, Float.POSITIVE_INFINITY, 3, Float.NEGATIVE_INFINITY});
    assertEquals(2, histogram.count());
    assertEquals(4, histogram.sum());
    assertEquals(1, histogram.counts().get(0));
    assertEquals(1, histogram.counts().get(29));
    assertEquals(2, histogram.counts().stream().mapToDouble(count -> count).sum());
  }

  @Test
  void withoutNumbersThereAreNoBuckets() {
    Histogram histogram = Histogram.of(new float[] {NAN});
    assertEquals(new Histogram(0, 0, 0, 0, 0, List.of(), List.of()), histogram);
  }

  @Test
  void theWidestRangeOfNumbersFits() {
    Histogram histogram = Histogram.of(new float[] {-Float.MAX_VALUE, 0, Float.MAX_VALUE});
    assertEquals(
        Collections.max(histogram.limits()), histogram.limits().get(histogram.limits().size() - 1));
    assertEquals(3, histogram.counts().stream().mapToDouble(count -> count).sum());
  }

  @Test
  void neighbouringNumbersAreInTheOuterBuckets() {
    Histogram histogram = Histogram.of(new float[] {1, Math.nextUp(1f)});
    assertEquals(1, histogram.counts().get(0));
    assertEquals(1, histogram.counts().get(29));
  }
}
