package org.nin4j.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Dropout;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Linear;
import org.nin4j.nn.MaxPool2d;
import org.nin4j.nn.Network;
import org.nin4j.nn.PlacedLayer;
import org.nin4j.nn.ReLU;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;

/** What a training plan tells about the time of its steps. */
interface ProfileContract {
  Engine engine();

  /** Images of (3, 8, 8) in batches of 4. */
  private static Trial trial() {
    Sequential layers =
        new Sequential(
            new Sequential(new Conv2d(3, 16, 3, 1, 1), new ReLU(), new Conv2d(16, 16, 1)),
            new MaxPool2d(2, 2),
            new Dropout(0.5f),
            new Flatten(),
            new Linear(256, 10));
    return new Trial(new Network("profiled", Shape.of(1, 3, 8, 8), layers), 4, 4, 1);
  }

  private WholeBatch plan(Trial trial, Gradients gradients) {
    return WholeBatch.compile(engine(), trial.network, 4, Precision.FP32, gradients);
  }

  private static void step(WholeBatch plan, Trial trial, int count) {
    plan.forward(trial.weights, trial.images, count, trial.masks, new float[40]);
    plan.backward(trial.logitsGradient, Weights.zeros(trial.network));
  }

  /** The names of the steps that compute what only layers with weights do. */
  private static List<String> weighted(List<StepProfile> steps) {
    List<String> names = new ArrayList<>();
    for (StepProfile step : steps) {
      if (!step.isReorder() && (step.kind().equals("Conv2d") || step.kind().equals("Linear"))) {
        names.add(step.name());
      }
    }
    return names;
  }

  @Test
  default void aLayerWithWeightsHasAStepForEachOfItsProducts() {
    Trial trial = trial();
    List<String> expected =
        List.of(
            "0.0 Conv2d forward",
            "0.2 Conv2d forward",
            "4 Linear forward",
            "4 Linear backward weights",
            "4 Linear backward data",
            "0.2 Conv2d backward weights",
            "0.2 Conv2d backward data",
            "0.0 Conv2d backward weights");
    try (WholeBatch plan = plan(trial, Gradients.OF_PARAMETERS)) {
      assertEquals(expected, weighted(plan.profile()));
    }
    List<String> withImages = new ArrayList<>(expected);
    withImages.add("0.0 Conv2d backward data");
    try (WholeBatch plan = plan(trial, Gradients.OF_PARAMETERS_AND_INPUT)) {
      assertEquals(withImages, weighted(plan.profile()));
    }
  }

  @Test
  default void aStepBelongsToALayerOfItsKindAndToAPass() {
    Trial trial = trial();
    List<PlacedLayer> layers = trial.network.layers().leaves();
    try (WholeBatch plan = plan(trial, Gradients.OF_PARAMETERS)) {
      boolean backward = false;
      for (StepProfile step : plan.profile()) {
        assertFalse(backward && step.isForward(), "forward after backward: " + step);
        backward = !step.isForward();
        assertEquals(step.name().endsWith("reorder"), step.isReorder(), step.name());
        assertFalse(step.implementation().isBlank(), step.name());
        assertTrue(
            step.name().equals("logits reorder")
                || layers.stream()
                    .anyMatch(
                        placed ->
                            placed.path().equals(step.layer())
                                && placed.layer().kind().equals(step.kind())),
            step.toString());
      }
      List<String> names = plan.profile().stream().map(StepProfile::name).toList();
      assertTrue(
          names.containsAll(
              List.of(
                  "0.1 ReLU backward",
                  "1 MaxPool2d forward",
                  "1 MaxPool2d backward",
                  "2 Dropout forward",
                  "2 Dropout backward")),
          names.toString());
    }
  }

  @Test
  default void fullBatchesCountButForTheFirst() {
    Trial trial = trial();
    try (WholeBatch plan = plan(trial, Gradients.OF_PARAMETERS)) {
      step(plan, trial, 3);
      step(plan, trial, 4);
      step(plan, trial, 2);
      for (StepProfile step : plan.profile()) {
        assertEquals(0, step.runs(), step.name());
        assertEquals(0, step.nanoseconds(), step.name());
        assertEquals(0, step.milliseconds(), step.name());
      }
      step(plan, trial, 4);
      step(plan, trial, 4);
      plan.forward(trial.weights, trial.images, 4, trial.masks, new float[40]);
      for (StepProfile step : plan.profile()) {
        assertEquals(step.isForward() ? 3 : 2, step.runs(), step.name());
        assertEquals(step.nanoseconds() / 1e6, step.milliseconds() * step.runs(), 1e-9);
      }
    }
  }

  @Test
  default void theStepsTakeTimeButNoMoreThanThePasses() {
    Trial trial = trial();
    try (WholeBatch plan = plan(trial, Gradients.OF_PARAMETERS)) {
      step(plan, trial, 4);
      long begin = System.nanoTime();
      step(plan, trial, 4);
      long passes = System.nanoTime() - begin;
      long steps = plan.profile().stream().mapToLong(StepProfile::nanoseconds).sum();
      assertTrue(steps > 0 && steps <= passes, steps + " ns of " + passes);
    }
  }
}
