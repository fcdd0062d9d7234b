package org.nin4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nin4j.train.LearningRateCurve.Point;

class LearningRateCurveTest {
  /** Returns a curve of planned steps whose rate rises by a factor of 10 every 10 steps. */
  private static LearningRateCurve curve(int steps, int points, IntToDoubleFunction smoothed) {
    List<Point> list =
        IntStream.range(0, points)
            .mapToObj(
                i ->
                    new Point(
                        Math.pow(10, -6 + i / 10.0),
                        smoothed.applyAsDouble(i),
                        smoothed.applyAsDouble(i)))
            .toList();
    return new LearningRateCurve(steps, list);
  }

  /** A fall from 2 to 1, steepest around a step. */
  private static double fall(int step, double steepest) {
    return 1.5 - 0.5 * Math.tanh((step - steepest) / 4);
  }

  private static double rate(double step) {
    return Math.pow(10, -6 + step / 10.0);
  }

  @Test
  void theSuggestionIsWhereTheSmoothedLossFallsMostSteeply() {
    LearningRateCurve curve = curve(60, 60, i -> fall(i, 30.5));
    assertEquals(rate(30.5), curve.suggestion().orElseThrow(), 1e-12);
    assertFalse(curve.endedEarly());
  }

  @Test
  void theFirstTenthAndTheLastFivePointsAreNotConsidered() {
    // steps 0 to 9 fall fast, and so do the last five
    LearningRateCurve curve =
        curve(100, 80, i -> fall(i, 50.5) + Math.max(0, 10 - i) - 9 * Math.max(0, i - 74));
    assertEquals(rate(50.5), curve.suggestion().orElseThrow(), 1e-12);
    assertTrue(curve.endedEarly());
  }

  @Test
  void theReturnFromAPeakIsNoFall() {
    LearningRateCurve curve =
        curve(60, 60, i -> fall(i, 20.5) + (i >= 40 ? 3 * Math.exp(-(i - 40) / 2.0) : 0));
    assertEquals(rate(20.5), curve.suggestion().orElseThrow(), 1e-12);
  }

  @Test
  void aLossThatNeverFallsHasNoSuggestion() {
    assertTrue(curve(60, 60, i -> 2).suggestion().isEmpty());
    assertTrue(curve(60, 60, i -> 2.0 + i).suggestion().isEmpty());
  }

  @Test
  void noiseHasNoSuggestion() {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      List<Point> points =
          IntStream.range(0, 100)
              .mapToObj(
                  i ->
                      new Point(
                          rate(i),
                          2.3 + 0.1 * random.nextGaussian(),
                          2.3 + 0.01 * random.nextGaussian()))
              .toList();
      assertTrue(new LearningRateCurve(100, points).suggestion().isEmpty());
    }
  }

  @Test
  void tooFewPointsHaveNoSuggestion() {
    for (int points = 0; points < 9; points++) {
      assertTrue(curve(20, points, i -> 10 - i).suggestion().isEmpty());
    }
    assertTrue(curve(20, 10, i -> 10 - i).suggestion().isPresent());
  }
}
