package org.nin4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nin4j.engine.WeightsBits.sameBits;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.nin4j.Engines;
import org.nin4j.data.DatasetSplits;
import org.nin4j.data.ImageDataset;
import org.nin4j.engine.Precision;
import org.nin4j.evaluate.Evaluator;
import org.nin4j.train.TrainingEvent.ModelImproved;
import org.nin4j.train.schedule.Schedule;

/** With validation images these decide, and the test images are used once, at the end. */
class ValidationTest {
  private static final ImageDataset TRAIN = TinyTask.data().train();
  private static final ImageDataset TEST = TinyTask.data().test().orElseThrow();
  private static final ImageDataset VALIDATION = new TinyTask.Stripes("tiny (validation)", 15, 3);
  private static final DatasetSplits DATA =
      new DatasetSplits(TRAIN, Optional.of(VALIDATION), Optional.of(TEST));

  private final MemoryStore store = new MemoryStore();

  private static Trainer trainer(DatasetSplits data, Recipe recipe) {
    return new Trainer(Engines.reference(), TinyTask.network(), data, recipe);
  }

  private List<ModelImproved> improvements() {
    List<ModelImproved> found = new ArrayList<>();
    for (TrainingEvent event : store.events) {
      if (event instanceof ModelImproved improved) {
        found.add(improved);
      }
    }
    return found;
  }

  @Test
  void theTestImagesAreUsedAfterTheLastEpochOnly() throws IOException {
    List<EpochMetrics> history =
        trainer(DATA, TinyTask.recipe().with(r -> r.epochs(3))).train().history();
    for (EpochMetrics epoch : history) {
      assertTrue(epoch.validation().isPresent());
      assertEquals(epoch.validation().get(), epoch.evaluation());
      assertEquals(epoch.epoch() == 3, epoch.test().isPresent(), "epoch " + epoch.epoch());
    }
  }

  @Test
  void withoutTestImagesThereIsNoTest() throws IOException {
    DatasetSplits data = new DatasetSplits(TRAIN, Optional.of(VALIDATION), Optional.empty());
    TrainingResult result = trainer(data, TinyTask.recipe().with(r -> r.epochs(2))).train();
    assertTrue(result.history().get(1).test().isEmpty());
    assertFalse(result.model().provenance().containsKey("test_accuracy"));
    assertTrue(result.model().provenance().containsKey("validation_accuracy"));
  }

  @Test
  void validationChangesNothingAboutTheWeights() throws IOException {
    Recipe recipe = TinyTask.recipe().with(r -> r.epochs(3));
    TrainingResult tested = TinyTask.trainer(recipe).train();
    TrainingResult validated = trainer(DATA, recipe).train();
    assertTrue(sameBits(tested.model().weights(), validated.model().weights()));
    assertEquals(
        tested.history().get(2).test(), validated.history().get(2).test(), "the same test images");
  }

  @Test
  void eachImprovementComesWithTheModelThatMadeIt() throws IOException {
    List<EpochMetrics> history =
        trainer(DATA, TinyTask.recipe().with(r -> r.epochs(6))).store(store).train().history();
    List<Integer> expected = new ArrayList<>();
    Score best = new Score(Double.POSITIVE_INFINITY, -1);
    for (EpochMetrics epoch : history) {
      Score score = epoch.evaluation();
      if (score.accuracy() > best.accuracy()
          || (score.accuracy() == best.accuracy() && score.loss() < best.loss())) {
        best = score;
        expected.add(epoch.epoch());
      }
    }
    assertTrue(expected.size() > 1, "epochs that improve: " + expected);
    assertEquals(expected, improvements().stream().map(e -> e.history().size()).toList());
    ModelImproved last = improvements().get(expected.size() - 1);
    try (Evaluator evaluator =
        new Evaluator(Engines.reference(), Precision.FP32, last.model(), VALIDATION, 1)) {
      assertEquals(best.accuracy(), evaluator.evaluate(last.model().weights()).accuracy());
    }
  }

  /** A rate so low that no weight changes: the second epoch can be no better than the first. */
  @Test
  void patienceEndsATrainingThatNoLongerImproves() throws IOException {
    Recipe recipe =
        TinyTask.with(
                TinyTask.recipe(),
                new OptimizerConfig.Sgd(0, false, 0),
                Schedule.constant(Double.MIN_NORMAL))
            .with(r -> r.epochs(50).patience(2));
    DatasetSplits data = new DatasetSplits(TRAIN, Optional.of(TRAIN), Optional.of(TEST));
    TrainingResult result = trainer(data, recipe).store(store).train();
    int epochs = result.history().size();
    assertTrue(epochs >= 3 && epochs < 50, "epochs: " + epochs);
    assertFalse(result.interrupted());
    assertTrue(result.history().get(epochs - 1).test().isPresent());
    int lastImprovement = improvements().get(improvements().size() - 1).history().size();
    assertEquals(lastImprovement + 2, epochs);
    assertEquals(epochs, trainer(data, recipe).store(store).train().history().size(), "resumed");
  }

  @Test
  void patienceNeedsValidationImages() {
    Trainer trainer = TinyTask.trainer(TinyTask.recipe().with(r -> r.patience(1)));
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, trainer::prepare);
    assertTrue(e.getMessage().contains("no validation images"), e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> TinyTask.recipe().with(r -> r.patience(0)));
  }
}
