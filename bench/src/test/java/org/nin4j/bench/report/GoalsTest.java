package org.nin4j.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.nin4j.bench.result.Contender;
import org.nin4j.bench.result.Results;
import org.nin4j.bench.result.Timing;

class GoalsTest {
  private final Results full = DemoResults.full();

  @Test
  void everyGoalIsComparedWithTheRatioOfMedians() {
    assertEquals(
        List.of(
            ">= 2.00 | 2.500 (batch 64), 2.500 (batch 128) | yes",
            ">= 1.90 | 2.000 (batch 64), 2.000 (batch 128) | yes",
            ">= 1.90 | 1.863 (batch 64), 1.863 (batch 128) | no",
            ">= 1.05 | 1.100 | yes",
            ">= 1.15 | 1.100 | no",
            ">= 1.90 | 2.100 | yes",
            ">= 3.70 | 8.193 | yes",
            ">= 0.95 | 0.960 (fp32, batch 128), 0.900 (bf16, batch 128) | no",
            // 48 images/s of 2 x (3 x 762,297,352 - 33,872,256) operations, of 250 GFLOP/s
            ">= 0.88 | 0.865 (fp32, batch 128) | no",
            "<= 0.60 | 0.500 | yes",
            "<= 0.30 | 0.250 | yes",
            ">= 1.50 | 1.667 (batch 64), 1.667 (batch 128) | yes",
            ">= 1.50 | 2.000 (batch 64), 2.000 (batch 128) | yes",
            ">= 1.50 | not measured | not measured",
            ">= 1.50 | not measured | not measured"),
        outcomes(full));
  }

  @Test
  void aRunWithoutMeasurementsMeetsNoGoal() {
    List<String> outcomes = outcomes(DemoResults.EMPTY);
    assertEquals(15, outcomes.size());
    outcomes.forEach(
        outcome ->
            assertEquals("not measured | not measured", outcome.replaceFirst(".*?\\| ", "")));
  }

  @Test
  void aGoalOfTwoBatchesIsNotMetByOneOfThem() {
    Results results = without(Contender.PYTORCH_DJL, 128);
    assertEquals(
        ">= 2.00 | 2.500 (batch 64), not measured (batch 128) | not measured",
        outcomes(results).get(0));
  }

  @Test
  void theBestOfSeveralIsUnknownWhileOneOfThemIsNotMeasured() {
    Results results = without(Contender.PYTORCH_FP32, 128);
    assertEquals("<= 0.60 | not measured | not measured", outcomes(results).get(9));
    assertEquals(
        ">= 1.50 | 1.667 (batch 64), not measured (batch 128) | not measured",
        outcomes(results).get(11));
  }

  @Test
  void oneBatchThatFailsIsEnoughForANo() {
    Goal goal =
        new Goal(
            "a ratio",
            Goal.Bound.AT_LEAST,
            2,
            List.of(
                new Goal.Part("batch 64", Optional.of(1.999)),
                new Goal.Part("batch 128", Optional.empty())));
    assertEquals("no", goal.met());
  }

  @Test
  void aRatioThatEqualsItsLimitMeetsIt() {
    for (Goal.Bound bound : Goal.Bound.values()) {
      assertEquals(
          "yes",
          new Goal("a ratio", bound, 0.3, List.of(new Goal.Part("", Optional.of(0.3)))).met());
    }
  }

  private Results without(Contender contender, int batch) {
    List<Timing> timings =
        full.timings().stream()
            .filter(t -> t.contender() != contender || t.task().batch() != batch)
            .toList();
    return new Results(
        full.date(),
        full.machine(),
        full.peaks(),
        timings,
        full.starts(),
        full.endToEnd(),
        full.growth());
  }

  /** The rows of the table without their first cells. */
  private static List<String> outcomes(Results results) {
    return Goals.table(new Measured(results))
        .lines()
        .skip(2)
        .map(line -> line.replaceFirst("^\\|.*?\\| ", "").replaceFirst(" \\|$", ""))
        .toList();
  }
}
