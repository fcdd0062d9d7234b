package org.nin4j.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.nin4j.train.EpochMetrics;
import org.nin4j.train.Score;
import org.nin4j.train.TrainingResult;
import scala.jdk.javaapi.CollectionConverters;

class NinTrainingSummaryTest {
  private static final List<EpochMetrics> HISTORY =
      List.of(
          new EpochMetrics(
              1, new Score(2, 0.25), Optional.of(new Score(1.5, 0.5)), Optional.empty(), 100),
          new EpochMetrics(
              2,
              new Score(1, 0.75),
              Optional.of(new Score(0.5, 0.875)),
              Optional.of(new Score(0.625, 0.8125)),
              200));

  private static NinTrainingSummary summary() {
    return new NinTrainingSummary(
        new TrainingResult(null, HISTORY, Optional.empty(), false, null), LocalSpark.session());
  }

  @Test
  void theObjectiveIsTheTrainingLoss() {
    assertArrayEquals(new double[] {2, 1}, summary().objectiveHistory());
    assertEquals(2, summary().totalIterations());
    assertEquals(HISTORY, summary().history());
  }

  @Test
  void theDataFrameHasARowForEachEpochAndNullsForWhatWasNotEvaluated() {
    assertEquals(
        List.of(
            "epoch",
            "trainLoss",
            "trainAccuracy",
            "validationLoss",
            "validationAccuracy",
            "testLoss",
            "testAccuracy",
            "imagesPerSecond"),
        List.of(summary().epochs().columns()));
    assertEquals(
        List.of(
            Arrays.asList(1, 2.0, 0.25, 1.5, 0.5, null, null, 100.0),
            Arrays.asList(2, 1.0, 0.75, 0.5, 0.875, 0.625, 0.8125, 200.0)),
        summary().epochs().collectAsList().stream().map(NinTrainingSummaryTest::values).toList());
  }

  @Test
  void aModelAndItsCopyHaveTheSummaryOfItsTraining() {
    NinClassificationModel model = new NinClassificationModel("trained");
    NinTrainingSummary summary = summary();
    model.withSummary(summary);
    assertTrue(model.hasSummary());
    assertSame(summary, model.summary());
    assertSame(summary, model.copy(new ParamMap()).summary());
  }

  @Test
  void aModelThatWasNotTrainedHereHasNone() {
    NinClassificationModel loaded = new NinClassificationModel("loaded");
    assertFalse(loaded.hasSummary());
    assertEquals(
        "loaded has no summary: only a model that NinClassifier has trained in this session does",
        assertThrows(IllegalStateException.class, loaded::summary).getMessage());
  }

  private static List<Object> values(Row row) {
    return CollectionConverters.asJava(row.toSeq());
  }
}
