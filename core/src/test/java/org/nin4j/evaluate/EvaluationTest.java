package org.nin4j.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nin4j.Classifier;
import org.nin4j.Prediction;
import org.nin4j.data.DecodedImage;
import org.nin4j.data.ImageDataset;
import org.nin4j.evaluate.Calibration.Bin;
import org.nin4j.io.Model;
import org.nin4j.train.TinyTask;

class EvaluationTest {
  @Test
  void inOneCallAModelIsEvaluatedAsAClassifierClassifies() throws IOException {
    Model model = TinyTask.trainer(TinyTask.recipe().with(r -> r.epochs(1))).train().model();
    ImageDataset images = TinyTask.data().testOrValidation();
    Evaluation evaluation = Evaluation.of(model, images);
    assertEquals(images.size(), evaluation.images());
    try (Classifier classifier = Classifier.of(model)) {
      for (int i = 0; i < images.size(); i++) {
        DecodedImage image = images.image(i);
        ImageResult result = evaluation.results().get(i);
        Prediction prediction = classifier.predict(image);
        assertEquals(images.label(i), result.label());
        assertEquals(prediction.label(), model.classes().get(result.predicted()));
        assertEquals(prediction.probability(), result.probability(), 1e-6);
      }
    }
  }

  @Test
  void topKAccuracyCountsImagesWhoseClassIsAmongTheFirstK() {
    Evaluation evaluation =
        Results.of(
            5,
            List.of(
                new ImageResult(0, 0, 0, 0.5, 0.5, 0.7),
                new ImageResult(1, 0, 1, 0.5, 0.2, 1.6),
                new ImageResult(2, 0, 4, 0.5, 0.1, 2.3),
                new ImageResult(3, 0, 2, 0.5, 0.1, 2.3)));
    assertEquals(evaluation.accuracy(), evaluation.topAccuracy(1));
    assertEquals(0.5, evaluation.topAccuracy(2));
    assertEquals(0.75, evaluation.topAccuracy(4));
    assertEquals(1, evaluation.topAccuracy(5));
    assertThrows(IllegalArgumentException.class, () -> evaluation.topAccuracy(0));
  }

  @Test
  void theIntervalOfTheAccuracyIsWilsons() {
    Evaluation evaluation = Results.withConfusion(new int[][] {{50, 82}, {100, 31}});
    assertEquals(81, evaluation.correct());
    assertEquals(Interval.wilson(81, 263, 0.9), evaluation.accuracyInterval(0.9));
  }

  @Test
  void theMostConfidentMistakesComeFirst() {
    Evaluation evaluation =
        Results.of(
            3,
            List.of(
                Results.result(0, 1, 0.5),
                Results.result(0, 0, 0.9),
                Results.result(2, 1, 0.8),
                Results.result(1, 2, 0.5),
                Results.result(1, 0, 0.6)));
    assertEquals(List.of(2, 4, 0, 3), evaluation.mostConfidentMistakes(10));
    assertEquals(List.of(2, 4), evaluation.mostConfidentMistakes(2));
    assertEquals(List.of(), evaluation.mostConfidentMistakes(0));
  }

  @Test
  void aBinHoldsTheProbabilitiesUpToItsUpperEnd() {
    Calibration calibration =
        Results.of(
                2,
                List.of(
                    Results.result(0, 0, 0.75),
                    Results.result(0, 1, 0.75),
                    Results.result(0, 0, 0.5625),
                    Results.result(0, 0, 1),
                    Results.result(1, 0, 0.875)))
            .calibration(4);
    assertEquals(
        List.of(
            new Bin(0, 0.25, 0, Double.NaN, Double.NaN),
            new Bin(0.25, 0.5, 0, Double.NaN, Double.NaN),
            new Bin(0.5, 0.75, 3, (0.75 + 0.75 + 0.5625) / 3, 2 / 3.0),
            new Bin(0.75, 1, 2, 0.9375, 0.5)),
        calibration.bins());
    double error = 3 / 5.0 * (2.0625 / 3 - 2 / 3.0) + 2 / 5.0 * (0.9375 - 0.5);
    assertEquals(error, calibration.expectedError(), 1e-15);
  }

  @Test
  void aModelThatIsAlwaysSureAndRightIsCalibrated() {
    Evaluation evaluation = Results.of(2, List.of(Results.result(0, 0, 1)));
    assertEquals(0, evaluation.calibration().expectedError());
    assertEquals(15, evaluation.calibration().bins().size());
    assertEquals(1, evaluation.calibration().bins().get(14).count());
    assertThrows(IllegalArgumentException.class, () -> evaluation.calibration(0));
  }

  @Test
  void resultsNameClassesThatThereAre() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> Results.of(2, List.of(Results.result(0, 2, 0.5))));
    assertTrue(e.getMessage().contains("no class 2"), e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> Results.of(2, List.of()));
  }
}
