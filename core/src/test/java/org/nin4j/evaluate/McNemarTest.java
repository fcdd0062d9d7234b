package org.nin4j.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nin4j.evaluate.McNemar.Method;

class McNemarTest {
  /** The expected values are those of SciPy's {@code binomtest(min(b, c), b + c).pvalue}. */
  @ParameterizedTest
  @CsvSource({
    "0, 0, 1",
    "1, 0, 1",
    "2, 8, 0.109375",
    "0, 24, 1.1920928955078125e-07",
    "23, 1, 2.9802322387695312e-06",
    "12, 12, 1",
    "5, 15, 0.04138946533203125"
  })
  void forFewDiscordantImagesTheTestIsTheExactBinomialOne(int b, int c, double p) {
    McNemar test = new McNemar(100, b, c, 7);
    assertEquals(Method.EXACT_BINOMIAL, test.method());
    assertEquals(p, test.pValue(), 1e-14 * p);
    assertEquals(p, new McNemar(0, c, b, 0).pValue(), 1e-14 * p);
  }

  /**
   * R prints 16.818 and 4.115e-05 for the first example; more digits, and the others, are from
   * SciPy's {@code chi2.sf((abs(b - c) - 1)**2 / (b + c), 1)}.
   */
  @ParameterizedTest
  @CsvSource({
    "86, 150, 16.81779661016949, 4.114562281345944e-05",
    "20, 5, 7.84, 0.005110260660855866",
    "13, 12, 0, 1",
    "13, 13, 0, 1",
    "500, 100, 265.335, 1.1793914571507799e-59",
    "900, 10, 868.4846153846154, 6.966623304759663e-191"
  })
  void forManyItIsTheChiSquaredTestWithContinuityCorrection(
      int b, int c, double statistic, double p) {
    McNemar test = new McNemar(48, b, c, 510);
    assertEquals(Method.CHI_SQUARED, test.method());
    assertEquals(statistic, test.chiSquared(), 1e-12 * statistic);
    assertEquals(p, test.pValue(), 1e-10 * p);
  }

  @Test
  void twoEvaluationsAreComparedImageByImage() {
    Evaluation first = predicted(0, 0, 1, 1, 0, 0, 1);
    Evaluation second = predicted(0, 1, 0, 1, 1, 1, 1);
    assertEquals(new McNemar(1, 3, 1, 2), McNemar.of(first, second));
    assertEquals(new McNemar(1, 1, 3, 2), McNemar.of(second, first));
  }

  /** An evaluation of images that are all of class 0. */
  private static Evaluation predicted(int... classes) {
    return Results.of(2, Arrays.stream(classes).mapToObj(c -> Results.result(0, c, 0.75)).toList());
  }

  @Test
  void onlyEvaluationsOfTheSameImagesCanBeCompared() {
    Evaluation one = Results.of(2, List.of(Results.result(0, 0, 0.75)));
    Evaluation otherLabel = Results.of(2, List.of(Results.result(1, 0, 0.75)));
    Evaluation moreClasses = Results.of(3, one.results());
    assertThrows(IllegalArgumentException.class, () -> McNemar.of(one, otherLabel));
    assertThrows(IllegalArgumentException.class, () -> McNemar.of(one, predicted(0, 0)));
    assertThrows(IllegalArgumentException.class, () -> McNemar.of(one, moreClasses));
    assertThrows(IllegalArgumentException.class, () -> new McNemar(0, -1, 0, 0));
  }
}
