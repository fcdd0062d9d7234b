package org.nin4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nin4j.engine.WeightsBits.sameBits;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.nin4j.Engines;
import org.nin4j.data.DataSource;
import org.nin4j.data.Normalize;
import org.nin4j.engine.Precision;
import org.nin4j.engine.Weights;
import org.nin4j.evaluate.Evaluation;
import org.nin4j.evaluate.Evaluator;
import org.nin4j.io.Model;
import org.nin4j.nn.Network;
import org.nin4j.nn.Networks;
import org.nin4j.nn.Shape;
import org.nin4j.train.schedule.Schedule;

class TrainerTest {
  @Test
  void theTinyTaskIsLearned() throws IOException {
    TrainingResult result = TinyTask.trainer(TinyTask.recipe().with(r -> r.epochs(20))).train();
    assertFalse(result.interrupted());
    assertEquals(20, result.history().size());
    EpochMetrics last = result.history().get(19);
    assertEquals(1, last.evaluation().accuracy(), "of 21 images");
    assertTrue(last.evaluation().loss() < 0.2, "loss " + last.evaluation().loss());
    assertTrue(last.train().loss() < result.history().get(0).train().loss() / 3);
    assertTrue(last.imagesPerSecond() > 0);
  }

  @Test
  void sgdWithMomentumLearnsTheTinyTaskToo() throws IOException {
    Recipe recipe =
        TinyTask.with(
            TinyTask.recipe().with(r -> r.epochs(60)),
            new OptimizerConfig.Sgd(0.9f, true, 1e-4f),
            Schedule.cosine(0.02).withWarmUp(0.1));
    assertEquals(1, TinyTask.trainer(recipe).train().history().get(59).evaluation().accuracy());
  }

  @Test
  void theSameSeedGivesTheSameBitsAndAnotherGivesOthers() throws IOException {
    Recipe recipe = TinyTask.recipe().with(r -> r.epochs(2));
    Model first = TinyTask.trainer(recipe).train().model();
    Model second = TinyTask.trainer(recipe).train().model();
    assertTrue(sameBits(first.weights(), second.weights()));
    assertEquals(first.provenance(), second.provenance());
    Model other = TinyTask.trainer(recipe, 2).train().model();
    assertFalse(sameBits(first.weights(), other.weights()));
  }

  @Test
  void aBatchLargerThanTheDataSetIsTheDataSet() throws IOException {
    Recipe recipe = TinyTask.recipe().with(r -> r.epochs(1)).with(r -> r.batchSize(1_000_000_000));
    assertEquals(1, TinyTask.trainer(recipe).train().history().size());
  }

  @Test
  void theModelContainsWhatIsNeededToUseIt() throws IOException {
    Recipe recipe = TinyTask.recipe().with(r -> r.epochs(1));
    Model model = TinyTask.trainer(recipe).dataSource(new DataSource("stripes")).train().model();
    assertEquals(List.of("horizontal", "vertical", "none"), model.classes());
    assertEquals(recipe, RecipeJson.read(model.provenance().get("recipe"), "provenance"));
    assertEquals("1", model.provenance().get("seed"));
    assertEquals("fp32", model.provenance().get("precision"));
    assertEquals("stripes", model.provenance().get("data"));
    // The mean and standard deviation of the pixels of all 50 images.
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < 50; i++) {
      for (byte pixel : TinyTask.data().train().image(i).pixels()) {
        sum += (pixel & 0xFF) / 255.0;
        squares += (pixel & 0xFF) / 255.0 * ((pixel & 0xFF) / 255.0);
      }
    }
    double mean = sum / 3200;
    Normalize normalize = (Normalize) model.preprocessing().steps().get(1);
    assertEquals(mean, normalize.mean().get(0), 1e-6);
    assertEquals(Math.sqrt(squares / 3200 - mean * mean), normalize.std().get(0), 1e-6);
  }

  @Test
  void theEvaluatorAgreesWithTheTrainerAndCountsEachClass() throws IOException {
    TrainingResult result = TinyTask.trainer(TinyTask.recipe().with(r -> r.epochs(3))).train();
    EpochMetrics last = result.history().get(2);
    try (Evaluator evaluator =
        new Evaluator(
            Engines.reference(),
            Precision.FP32,
            result.model(),
            TinyTask.data().testOrValidation(),
            3)) {
      Evaluation evaluation = evaluator.evaluate(result.model().weights());
      assertEquals(last.evaluation().accuracy(), evaluation.accuracy());
      assertEquals(last.evaluation().loss(), evaluation.loss(), 1e-12);
      evaluation.perClass().forEach(figures -> assertEquals(7, figures.images()));
      assertEquals(evaluation.accuracy(), evaluation.confusion().macroRecall(), 1e-12);
    }
  }

  @Test
  void aNetworkWhoseLastReluIsAlwaysZeroIsADeadStart() {
    // At this learning rate, the first update makes every bias very negative.
    Recipe recipe =
        TinyTask.with(
            TinyTask.recipe().with(r -> r.epochs(50)),
            new OptimizerConfig.Sgd(0, false, 0),
            Schedule.constant(1000));
    TrainingException e =
        assertThrows(TrainingException.class, () -> TinyTask.trainer(recipe).train());
    assertTrue(e.getMessage().startsWith("dead start in epoch "), e.getMessage());
    assertTrue(e.getMessage().contains("ln 3 = 1.0986"), e.getMessage());
    assertTrue(e.getMessage().contains("recipe 'default'"), e.getMessage());
  }

  @Test
  void zeroGradientsAreADeadStartOnlyInConsecutiveStepsWithALoss() {
    Weights gradients = Weights.zeros(TinyTask.network());
    DeadStartCheck detector = new DeadStartCheck(TinyTask.network(), Set.of());
    for (int number = 1; number < DeadStartCheck.STEPS; number++) {
      detector.check(step(gradients, number, 1.1));
    }
    gradients.values(0)[1] = 1e-30f;
    detector.check(step(gradients, 20, 1.1));
    gradients.values(0)[1] = 0;
    for (int number = 0; number < 2 * DeadStartCheck.STEPS; number++) {
      detector.check(step(gradients, number, 0.0001));
    }
    for (int number = 1; number < DeadStartCheck.STEPS; number++) {
      detector.check(step(gradients, number, 1.1));
    }
    assertThrows(TrainingException.class, () -> detector.check(step(gradients, 99, 1.1)));
  }

  private static StepCheck.Step step(Weights gradients, int number, double loss) {
    return new StepCheck.Step(1, number, loss, 1, gradients);
  }

  @Test
  void aTrainingThatDivergesSaysWhere() {
    Recipe recipe =
        TinyTask.with(
            TinyTask.recipe(), new OptimizerConfig.Sgd(0, false, 0.5f), Schedule.constant(1e30));
    TrainingException e =
        assertThrows(TrainingException.class, () -> TinyTask.trainer(recipe).train());
    assertTrue(e.getMessage().contains("in epoch 1, step "), e.getMessage());
    assertTrue(e.getMessage().contains("diverged"), e.getMessage());
    assertTrue(e.getMessage().endsWith("try a lower learning rate"), e.getMessage());
  }

  @Test
  void aNetworkThatDoesNotFitTheDataIsRejected() {
    assertRejected("3 classes", () -> trainer(Networks.NIN.build(Shape.of(1, 1, 96, 96), 10)));
    assertRejected(
        "takes images of 1x3x8x8, but those of tiny (train) have 1 channel",
        () -> trainer(Networks.NIN_CIFAR10.build(Shape.of(1, 3, 8, 8), 3)));
  }

  private static Trainer trainer(Network network) {
    return new Trainer(Engines.reference(), network, TinyTask.data(), TinyTask.recipe());
  }

  private static void assertRejected(String part, Executable action) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, action);
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }
}
