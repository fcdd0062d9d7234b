package org.nin4j.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nin4j.engine.WeightsBits.sameBits;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.nin4j.nn.AvgPool2d;
import org.nin4j.nn.BatchNorm2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Dropout;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Linear;
import org.nin4j.nn.MaxPool2d;
import org.nin4j.nn.Network;
import org.nin4j.nn.Parameter;
import org.nin4j.nn.ReLU;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;

/** Training plans with frozen layers. */
interface FrozenContract {
  float ROUNDING = 1e-5f;

  Engine engine();

  /** Blocks 0, 2 and 5 have parameters; freezing them changes no other gradient. */
  private static Trial plain() {
    Sequential layers =
        new Sequential(
            new Sequential(
                new Conv2d(2, 17, 3, 1, 1), new ReLU(), new Dropout(0.25f), new Conv2d(17, 5, 1)),
            new MaxPool2d(2, 2),
            new Sequential(new Conv2d(5, 6, 1, 1, 0), new ReLU()),
            new Dropout(0.5f),
            new Flatten(),
            new Linear(6 * 9, 4));
    return new Trial(new Network("frozen", Shape.of(1, 2, 6, 6), layers), 3, 4, 1);
  }

  /**
   * Layers 1 and 4 are batch normalisations, whose eps keeps the truncation of finite differences
   * small: their divisors are at least 1.
   */
  private static Trial normalised() {
    return Trial.of(
        Shape.of(1, 2, 4, 5),
        3,
        new Conv2d(2, 3, 2),
        new BatchNorm2d(3, 1f, 0.1f),
        new AvgPool2d(2, 1),
        new Dropout(0.3f),
        new BatchNorm2d(3, 1f, 0.5f),
        new Flatten(),
        new Linear(18, 3));
  }

  @Test
  default void theTrainedLayersHaveTheGradientsThatTheyHaveWithoutFrozenOnes() {
    Outcome all = plain().run(engine());
    for (String[] frozen :
        List.of(
            new String[] {"0"},
            new String[] {"0.0"},
            new String[] {"0.3", "2"},
            new String[] {"2.0", "5"},
            new String[] {"0", "2"},
            new String[] {"5"})) {
      Trial trial = plain().withFrozen(frozen);
      Outcome part = trial.run(engine());
      String what = String.join(" and ", frozen);
      assertArrayEquals(all.logits, part.logits, 0, what);
      assertArrayEquals(all.imagesGradient, part.imagesGradient, 0, what);
      for (int i = 0; i < part.gradients.count(); i++) {
        Parameter parameter = part.gradients.parameters().get(i);
        float[] expected =
            trial.spec(Precision.FP32).trains(parameter)
                ? all.gradients.values(i)
                : new float[parameter.size()];
        assertArrayEquals(expected, part.gradients.values(i), 0, what + ": " + parameter.name());
      }
    }
  }

  @Test
  default void gradientsGoThroughAFrozenBatchNormAsThroughAnAffineMap() {
    for (String frozen : List.of("0.1", "0.4", "0.6")) {
      FiniteDifferences.check(engine(), normalised().withFrozen(frozen));
    }
    FiniteDifferences.check(engine(), normalised().withFrozen("0.1", "0.4"));
    FiniteDifferences.check(engine(), normalised().withFrozen("0.0", "0.1"));
  }

  // (x - 2) / sqrt(5 + 4) * 1.5 + 0.5, and 1.5 / 3 backward; one value would have no variance.
  @Test
  default void aFrozenBatchNormUsesItsRunningStatisticsAndLeavesThem() {
    Trial trial =
        Trial.of(Shape.of(1, 2, 1, 1), 1, new BatchNorm2d(2, 4f, 0.25f))
            .withImages(5, 3)
            .with("0.0.weight", 1.5f, 1.5f)
            .with("0.0.bias", 0.5f, 0.5f)
            .with("0.0.running_mean", 2, 2)
            .with("0.0.running_var", 5, 5)
            .withLogitsGradient(4, -6)
            .withFrozen("0");
    Outcome outcome = trial.run(engine());
    assertArrayEquals(new float[] {2, 1}, outcome.logits, ROUNDING);
    assertArrayEquals(new float[] {2, -3}, outcome.imagesGradient, ROUNDING);
    assertTrue(sameBits(trial.weights, outcome.weightsAfter));
    assertTrue(sameBits(Weights.zeros(trial.network), outcome.gradients));
  }

  @Test
  default void onlyTheStatisticsOfTrainedBatchNormsMove() {
    Trial trial = normalised().withFrozen("0.4");
    Outcome outcome = trial.run(engine());
    Outcome unfrozen = normalised().run(engine());
    for (String statistic : List.of("running_mean", "running_var")) {
      assertArrayEquals(
          unfrozen.weightsAfter.values("0.1." + statistic),
          outcome.weightsAfter.values("0.1." + statistic),
          0);
      assertArrayEquals(
          trial.weights.values("0.4." + statistic),
          outcome.weightsAfter.values("0.4." + statistic),
          0);
    }
  }

  @Test
  default void sumsOfWhatIsFrozenAreZero() {
    Trial trial = normalised().withFrozen("0.1", "0.6");
    Weights sums = Weights.zeros(trial.network);
    try (PreparedWeights weights = engine().prepare(trial.network);
        TrainingPlan plan =
            engine().compileTraining(trial.spec(Precision.FP32), Gradients.OF_PARAMETERS, weights);
        ShardGradients gradients = plan.gradients(2)) {
      weights.load(trial.weights);
      for (int shard = 0; shard < 2; shard++) {
        plan.forward(trial.images, 0, 3, trial.masks, new float[9], 0);
        plan.backward(trial.logitsGradient, 0, gradients, shard);
      }
      for (int i = 0; i < sums.count(); i++) {
        Arrays.fill(sums.values(i), Float.NaN);
        gradients.sum(2, i, sums);
        String name = sums.parameters().get(i).name();
        boolean frozen = name.startsWith("0.1.") || name.startsWith("0.6.");
        assertEquals(frozen, Arrays.equals(new float[sums.values(i).length], sums.values(i)), name);
      }
    }
  }

  @Test
  default void theBackwardPassEndsAtTheFirstLayerWithSomethingToTrain() {
    assertEquals(
        List.of("5 Linear backward weights"), weightedBackward(plain().withFrozen("0", "2")));
    assertEquals(
        List.of(
            "5 Linear backward weights", "5 Linear backward data", "2.0 Conv2d backward weights"),
        weightedBackward(plain().withFrozen("0")));
    assertEquals(
        List.of("5 Linear backward data", "2.0 Conv2d backward weights"),
        weightedBackward(plain().withFrozen("0", "5")));
  }

  /** The steps of the backward pass, after which there may be no others. */
  private List<String> weightedBackward(Trial trial) {
    try (WholeBatch plan =
        WholeBatch.compile(engine(), trial.spec(Precision.FP32), Gradients.OF_PARAMETERS)) {
      List<StepProfile> steps =
          plan.profile().stream().filter(step -> !step.isForward() && !step.isReorder()).toList();
      assertTrue(steps.get(steps.size() - 1).name().endsWith("weights"), steps::toString);
      return steps.stream()
          .filter(step -> step.kind().equals("Conv2d") || step.kind().equals("Linear"))
          .map(StepProfile::name)
          .toList();
    }
  }

  @Test
  default void whereEverythingIsFrozenOnlyTheImagesHaveAGradient() {
    Trial trial = plain().withFrozen("0", "2", "5");
    Outcome outcome = trial.run(engine());
    assertArrayEquals(plain().run(engine()).imagesGradient, outcome.imagesGradient, 0);
    assertTrue(sameBits(Weights.zeros(trial.network), outcome.gradients));
    Weights gradients = trial.weights.copy();
    try (WholeBatch plan =
        WholeBatch.compile(engine(), trial.spec(Precision.FP32), Gradients.OF_PARAMETERS)) {
      plan.forward(trial.weights, trial.images, 3, trial.masks, new float[12]);
      plan.backward(trial.logitsGradient, gradients);
    }
    assertTrue(sameBits(Weights.zeros(trial.network), gradients));
  }

  @Test
  default void plansWithOtherFrozenLayersShareWeightsButNotGradients() {
    Trial trial = plain();
    PlanSpec all = trial.spec(Precision.FP32);
    PlanSpec head = all.withFrozen(Set.of("0", "2"));
    try (PreparedWeights weights = engine().prepare(trial.network);
        TrainingPlan ofHead = engine().compileTraining(head, Gradients.OF_PARAMETERS, weights);
        ShardGradients gradients = ofHead.gradients(1);
        TrainingPlan ofAll = engine().compileTraining(all, Gradients.OF_PARAMETERS, weights)) {
      weights.load(trial.weights);
      ofAll.forward(trial.images, 0, 3, trial.masks, new float[12], 0);
      String message =
          assertThrows(
                  IllegalArgumentException.class,
                  () -> ofAll.backward(trial.logitsGradient, 0, gradients, 0))
              .getMessage();
      assertTrue(message.contains("other weights or frozen layers"), message);
    }
  }
}
