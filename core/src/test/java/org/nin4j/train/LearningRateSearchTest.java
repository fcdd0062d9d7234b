package org.nin4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nin4j.Engines;
import org.nin4j.engine.Engine;
import org.nin4j.train.LearningRateCurve.Point;
import org.nin4j.train.TrainingEvent.StepDone;
import org.nin4j.train.schedule.Schedule;

class LearningRateSearchTest {
  private static LearningRateSearch search(Engine engine, Recipe recipe) {
    return new LearningRateSearch(engine, TinyTask.network(), TinyTask.data(), recipe);
  }

  private static LearningRateSearch search(Recipe recipe) {
    return search(Engines.reference(), recipe);
  }

  @Test
  void theRateRisesByTheSameFactorFromStepToStep() {
    List<Point> points = search(TinyTask.recipe()).range(1e-6, 1e-2).steps(21).run().points();
    assertEquals(21, points.size());
    for (int i = 0; i < 21; i++) {
      assertEquals(Math.pow(10, -6 + i / 5.0), points.get(i).rate(), 1e-9 * points.get(i).rate());
    }
  }

  /** The rates of the search differ by a millionth of a millionth, which does not count. */
  @Test
  void aSearchDoesTheStepsOfATraining() throws IOException {
    Recipe constant = TinyTask.recipe().with(r -> r.schedule(Schedule.constant(0.01)).epochs(2));
    List<Double> expected = new ArrayList<>();
    double[] before = {0, 0}; // the sum of the losses of the epoch, and the number of images
    TinyTask.trainer(constant, 7)
        .listen(
            event -> {
              if (event instanceof StepDone step) {
                int batch = step.progress().batch();
                double images = Math.min(50, 8 * batch);
                double sum = step.progress().loss() * images;
                before[0] = batch == 1 ? 0 : before[0];
                before[1] = batch == 1 ? 0 : before[1];
                expected.add((sum - before[0]) / (images - before[1]));
                before[0] = sum;
                before[1] = images;
              }
            })
        .train();
    assertEquals(2 * TinyTask.BATCHES, expected.size());
    List<Point> points =
        search(TinyTask.recipe())
            .seed(7)
            .range(0.01, 0.01 * (1 + 1e-12))
            .steps(expected.size())
            .run()
            .points();
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.get(i), points.get(i).loss(), 1e-6, "step " + i);
    }
  }

  @Test
  void theSmoothedLossIsAMeanInWhichEachEarlierStepWeighsTwoPercentLess() {
    List<Point> points = search(TinyTask.recipe()).range(1e-4, 0.1).steps(30).run().points();
    for (int i = 0; i < points.size(); i++) {
      double weighted = 0;
      double weights = 0;
      for (int k = 0; k <= i; k++) {
        weighted += Math.pow(0.98, i - k) * points.get(k).loss();
        weights += Math.pow(0.98, i - k);
      }
      assertEquals(weighted / weights, points.get(i).smoothedLoss(), 1e-9);
    }
  }

  @Test
  void theNumberOfThreadsChangesNothing() {
    for (Engine engine : new Engine[] {Engines.best(), Engines.reference()}) {
      LearningRateCurve one = search(engine, TinyTask.recipe()).threads(1).steps(20).run();
      assertEquals(one, search(engine, TinyTask.recipe()).threads(3).steps(20).run());
      assertFalse(one.equals(search(engine, TinyTask.recipe()).seed(2).steps(20).run()));
    }
  }

  @Test
  void eachRunBeginsAgainAndReportsEachStep() {
    List<Point> heard = new ArrayList<>();
    LearningRateSearch search = search(TinyTask.recipe()).steps(12).listen(heard::add);
    LearningRateCurve first = search.run();
    assertEquals(first.points(), heard);
    assertEquals(first, search.run());
  }

  @Test
  void theSearchEndsWhenTheSmoothedLossExceedsFourTimesItsLowestValue() {
    Recipe sgd =
        TinyTask.with(
            TinyTask.recipe(), new OptimizerConfig.Sgd(0, false, 0.5f), Schedule.constant(1));
    LearningRateCurve curve = search(sgd).range(0.1, 100).steps(60).run();
    assertTrue(curve.endedEarly());
    double best = Double.POSITIVE_INFINITY;
    for (Point point : curve.points()) {
      boolean last = point.equals(curve.points().get(curve.points().size() - 1));
      best = Math.min(best, point.smoothedLoss());
      assertEquals(last, point.smoothedLoss() > 4 * best, point.toString());
    }
  }

  @Test
  void aLossThatIsNotFiniteEndsTheSearchWithoutAnError() {
    Recipe sgd =
        TinyTask.with(
            TinyTask.recipe(), new OptimizerConfig.Sgd(0, false, 0.5f), Schedule.constant(1));
    LearningRateCurve curve = search(sgd).range(1e30, 1e31).steps(20).run();
    assertTrue(curve.endedEarly());
    assertTrue(curve.suggestion().isEmpty());
    assertTrue(curve.points().stream().allMatch(point -> Double.isFinite(point.smoothedLoss())));
  }

  @Test
  void aRecipeWithPatienceNeedsNoValidationImages() {
    assertEquals(
        10, search(TinyTask.recipe().with(r -> r.patience(3))).steps(10).run().points().size());
  }

  /** The task is learned with 0.02, and too fast for the search to see where it begins. */
  @Test
  void theSuggestionForTheTinyTaskIsNeitherTinyNorDivergent() {
    for (int seed = 1; seed <= 3; seed++) {
      double rate = search(TinyTask.recipe()).seed(seed).run().suggestion().orElseThrow();
      assertTrue(rate > 0.004 && rate < 0.4, "seed " + seed + ": " + rate);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "-1, 1", "1, 1", "1, 0.5", "NaN, 1", "1e-3, NaN", "1e-3, Infinity"})
  void ratesThatDoNotRiseFromAboveZeroAreRejected(double lowest, double highest) {
    assertThrows(
        IllegalArgumentException.class, () -> search(TinyTask.recipe()).range(lowest, highest));
  }

  @Test
  void fewerThanTenStepsAreRejected() {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> search(TinyTask.recipe()).steps(9));
    assertEquals(
        "a search for a learning rate needs at least 10 steps, but got 9", refusal.getMessage());
  }
}
