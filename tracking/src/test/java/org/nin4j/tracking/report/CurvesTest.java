package org.nin4j.tracking.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nin4j.tracking.StepMetrics;

/** The points of curves. */
class CurvesTest {
  private static StepMetrics step(int epoch, int step, double loss) {
    return new StepMetrics(epoch, step, loss, 0.1, 2 * loss, 100);
  }

  @Test
  void smoothingKeepsAConstantAndWeighsTheLastValueMost() {
    assertArrayEquals(new double[] {3, 3, 3}, Curves.smoothed(new double[] {3, 3, 3}), 1e-12);
    // The weights of up to 200 values decay by 2/3: 3, (2/3 * 3 + 6) / (2/3 + 1).
    assertArrayEquals(new double[] {3, 4.8}, Curves.smoothed(new double[] {3, 6}), 1e-12);
  }

  @Test
  void fewStepsAreAPointEach() {
    Curves curves = Curves.of(List.of(), List.of(step(1, 1, 3), step(2, 2, 6)), 4);
    assertEquals(
        List.of(new Curves.Point(0.25, 3, 3, 0.1, 6), new Curves.Point(1.5, 6, 4.8, 0.1, 12)),
        curves.points());
  }

  @Test
  void manyStepsAreMeansOfNeighbours() {
    List<StepMetrics> steps =
        IntStream.rangeClosed(1, 2500).mapToObj(i -> step(1, i, i % 2 == 0 ? 1 : 4)).toList();
    Curves curves = Curves.of(List.of(), steps, 2500);
    assertEquals(834, curves.points().size());
    assertEquals(3.0, curves.points().get(0).loss());
    assertEquals(2.0, curves.points().get(1).loss());
    assertEquals(1.0, curves.points().get(833).epoch());
    assertEquals(1.0, curves.points().get(833).loss());
  }
}
