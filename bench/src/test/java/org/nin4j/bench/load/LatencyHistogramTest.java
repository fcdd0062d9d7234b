package org.nin4j.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LatencyHistogramTest {
  @Test
  void percentilesAreThoseOfTheSortedDurationsUpToTheWidthOfABucket() {
    Random random = new Random(1);
    long[] durations = new long[10_001];
    LatencyHistogram first = new LatencyHistogram();
    LatencyHistogram second = new LatencyHistogram();
    for (int i = 0; i < durations.length; i++) {
      durations[i] = (long) Math.exp(random.nextDouble() * 24);
      (i % 2 == 0 ? first : second).record(durations[i]);
    }
    first.add(second);
    Arrays.sort(durations);
    for (double share : new double[] {0.001, 0.5, 0.9, 0.99, 0.999, 1}) {
      long exact = durations[(int) Math.ceil(share * durations.length) - 1];
      long found = first.percentile(share);
      assertTrue(found >= exact && found <= exact * 65 / 64 + 1, exact + " is found as " + found);
    }
    assertEquals(durations.length, first.count());
    assertEquals(durations[durations.length - 1], first.largest());
  }

  @Test
  void nothingHasNoPercentiles() {
    assertEquals(0, new LatencyHistogram().percentile(0.99));
  }
}
