package org.nin4j.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntervalTest {
  /**
   * The examples of Newcombe, "Two-sided confidence intervals for the single proportion", 1998,
   * with more digits from SciPy's {@code binomtest(k, n).proportion_ci(0.95, "wilson")}.
   */
  @ParameterizedTest
  @CsvSource({
    "81, 263, 0.2552885198782742, 0.36620957698280004",
    "15, 148, 0.06238639953073629, 0.16048724172330803",
    "0, 20, 0, 0.16112515805281935",
    "1, 29, 0.006113214292762667, 0.17175521879320282",
    "29, 29, 0.8830302015002592, 1"
  })
  void wilsonsIntervalIsThatOfTheLiterature(int successes, int trials, double low, double high) {
    Interval interval = Interval.wilson(successes, trials, 0.95);
    assertEquals(low, interval.low(), 1e-14);
    assertEquals(high, interval.high(), 1e-14);
  }

  @Test
  void moreConfidenceMakesItWider() {
    Interval interval = Interval.wilson(9012, 10_000, 0.99);
    assertEquals(0.8932458274668712, interval.low(), 1e-14);
    assertEquals(0.9086221414270009, interval.high(), 1e-14);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.5, Double.NaN})
  void aConfidenceIsBetweenZeroAndOne(double confidence) {
    assertThrows(IllegalArgumentException.class, () -> Interval.wilson(1, 2, confidence));
  }

  @Test
  void countsAndEndsAreChecked() {
    assertThrows(IllegalArgumentException.class, () -> Interval.wilson(0, 0, 0.95));
    assertThrows(IllegalArgumentException.class, () -> Interval.wilson(3, 2, 0.95));
    assertThrows(IllegalArgumentException.class, () -> Interval.wilson(-1, 2, 0.95));
    assertThrows(IllegalArgumentException.class, () -> new Interval(0.5, 0.25));
    assertThrows(IllegalArgumentException.class, () -> new Interval(0.5, Double.NaN));
  }

  /** The expected values are those of SciPy's {@code norm.sf} and {@code norm.isf}. */
  @ParameterizedTest
  @CsvSource({
    "0, 0.5",
    "0.2533471031357997, 0.4",
    "0.5, 0.3085375387259869",
    "1, 0.15865525393145707",
    "1.9599639845400545, 0.025",
    "2.575829303548901, 0.005",
    "2.9999, 0.001350341282954925",
    "3, 0.0013498980316300933",
    "6.361340902404056, 1e-10",
    "10, 7.61985302416047e-24",
    "30.20559417957964, 1e-200",
    "37, 5.7255712225239266e-300"
  })
  void tailsAndQuantilesOfTheNormalDistributionAreInverse(double x, double tail) {
    assertEquals(tail, NormalDistribution.upperTail(x), 1e-12 * tail);
    assertEquals(x, NormalDistribution.upperQuantile(tail), 1e-12);
  }
}
