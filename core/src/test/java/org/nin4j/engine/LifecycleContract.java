package org.nin4j.engine;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.nin4j.nn.BatchNorm2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Dropout;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Network;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;

/** The order of calls, and arguments that do not fit. */
interface LifecycleContract {
  Engine engine();

  /** 2 images of (1, 2, 2), 3 x 2 x 2 = 12 logits each, in plans for up to 4. */
  private static Trial trial() {
    Sequential layers = new Sequential(new Conv2d(1, 3, 1), new Flatten());
    return new Trial(new Network("small", Shape.of(1, 1, 2, 2), layers), 2, 4, 1);
  }

  private WholeBatch training(Trial trial, Gradients gradients) {
    return WholeBatch.compile(engine(), trial.network, 4, Precision.FP32, gradients);
  }

  private OwnWeights inference(Trial trial) {
    return OwnWeights.compile(engine(), trial.network, 4, Precision.FP32);
  }

  private static void forward(WholeBatch plan, Trial trial) {
    plan.forward(trial.weights, trial.images, 2, trial.masks, new float[24]);
  }

  private static void refused(String message, Executable call) {
    Exception refusal = assertThrows(IllegalArgumentException.class, call);
    assertTrue(refusal.getMessage().contains(message), refusal.getMessage());
  }

  private static void outOfOrder(String message, Executable call) {
    Exception refusal = assertThrows(IllegalStateException.class, call);
    assertTrue(refusal.getMessage().contains(message), refusal.getMessage());
  }

  @Test
  default void anEngineDescribesItselfAndSupportsFp32() {
    assertFalse(engine().description().isBlank());
    assertTrue(engine().supports(Precision.FP32));
  }

  @Test
  default void aPlanNeedsABatchOfAtLeastOne() {
    Network network = trial().network;
    refused("at least 1", () -> OwnWeights.compile(engine(), network, 0, Precision.FP32));
    refused(
        "at least 1",
        () -> WholeBatch.compile(engine(), network, -1, Precision.FP32, Gradients.OF_PARAMETERS));
  }

  @Test
  default void runningBeforeLoadingIsOutOfOrder() {
    Trial trial = trial();
    try (OwnWeights plan = inference(trial)) {
      outOfOrder("load", () -> plan.run(trial.images, 2, new float[24]));
    }
  }

  @Test
  default void goingBackwardBeforeForwardIsOutOfOrder() {
    Trial trial = trial();
    try (WholeBatch plan = training(trial, Gradients.OF_PARAMETERS)) {
      Weights gradients = Weights.zeros(trial.network);
      outOfOrder("forward", () -> plan.backward(trial.logitsGradient, gradients));
    }
  }

  @Test
  default void aForwardPassThatFailedIsNoneToGoBackFrom() {
    Trial trial = new Trial(dropoutNetwork(), 2, 4, 1);
    DropoutMasks broken =
        (layer, p, image, mask, offset, length) -> {
          throw new UnsupportedOperationException("no mask today");
        };
    try (WholeBatch plan = training(trial, Gradients.OF_PARAMETERS)) {
      float[] logits = new float[8];
      plan.forward(trial.weights, trial.images, 2, trial.masks, logits);
      assertThrows(
          UnsupportedOperationException.class,
          () -> plan.forward(trial.weights, trial.images, 2, broken, logits));
      Weights gradients = Weights.zeros(trial.network);
      outOfOrder("forward", () -> plan.backward(trial.logitsGradient, gradients));
    }
  }

  private static Network dropoutNetwork() {
    Sequential layers = new Sequential(new Dropout(0.5f), new Flatten());
    return new Network("dropout", Shape.of(1, 1, 2, 2), layers);
  }

  @Test
  default void theGradientOfTheImagesMustBeAskedForAtCompileTime() {
    Trial trial = trial();
    try (WholeBatch plan = training(trial, Gradients.OF_PARAMETERS)) {
      forward(plan, trial);
      plan.backward(trial.logitsGradient, Weights.zeros(trial.network));
      outOfOrder("OF_PARAMETERS_AND_INPUT", () -> plan.inputGradient(new float[8]));
    }
  }

  @Test
  default void theGradientOfTheImagesIsThatOfTheLastPass() {
    Trial trial = trial();
    try (WholeBatch plan = training(trial, Gradients.OF_PARAMETERS_AND_INPUT)) {
      forward(plan, trial);
      outOfOrder("backward", () -> plan.inputGradient(new float[8]));
      plan.backward(trial.logitsGradient, Weights.zeros(trial.network));
      plan.inputGradient(new float[8]);
      refused("8 values", () -> plan.inputGradient(new float[7]));
      forward(plan, trial);
      outOfOrder("backward", () -> plan.inputGradient(new float[8]));
    }
  }

  @Test
  default void aClosedInferencePlanRefusesEverythingButClosing() {
    Trial trial = trial();
    OwnWeights plan = inference(trial);
    plan.load(trial.weights);
    plan.close();
    plan.close();
    outOfOrder("closed", () -> plan.load(trial.weights));
    outOfOrder("closed", () -> plan.run(trial.images, 2, new float[24]));
  }

  @Test
  default void aClosedTrainingPlanRefusesEverythingButClosing() {
    Trial trial = trial();
    WholeBatch plan = training(trial, Gradients.OF_PARAMETERS_AND_INPUT);
    Weights gradients = Weights.zeros(trial.network);
    forward(plan, trial);
    plan.backward(trial.logitsGradient, gradients);
    plan.close();
    plan.close();
    outOfOrder("closed", () -> forward(plan, trial));
    outOfOrder("closed", () -> plan.backward(trial.logitsGradient, gradients));
    outOfOrder("closed", () -> plan.inputGradient(new float[8]));
    outOfOrder("closed", plan::profile);
  }

  @Test
  default void aRunTakesOneImageToAFullBatchAndArraysThatHoldThem() {
    Trial trial = trial();
    try (OwnWeights plan = inference(trial)) {
      plan.load(trial.weights);
      refused("1 to 4", () -> plan.run(new float[20], 5, new float[60]));
      refused("1 to 4", () -> plan.run(new float[20], 0, new float[60]));
      refused("needs 8 values, but has 7", () -> plan.run(new float[7], 2, new float[24]));
      refused("needs 24 values, but has 23", () -> plan.run(new float[8], 2, new float[23]));
    }
  }

  @Test
  default void aStepChecksItsArrays() {
    Trial trial = trial();
    try (WholeBatch plan = training(trial, Gradients.OF_PARAMETERS)) {
      Weights weights = trial.weights;
      float[] logits = new float[24];
      refused("1 to 4", () -> plan.forward(weights, new float[20], 5, trial.masks, logits));
      refused("has 7", () -> plan.forward(weights, new float[7], 2, trial.masks, logits));
      refused("has 23", () -> plan.forward(weights, trial.images, 2, trial.masks, new float[23]));
      forward(plan, trial);
      refused("has 23", () -> plan.backward(new float[23], Weights.zeros(trial.network)));
    }
  }

  @Test
  default void weightsOfAnotherNetworkAreRefusedByName() {
    Trial trial = trial();
    Weights wide = Weights.zeros(new Conv2d(1, 4, 1).parameters());
    Weights none = Weights.zeros(List.of());
    try (OwnWeights plan = inference(trial);
        WholeBatch training = training(trial, Gradients.OF_PARAMETERS)) {
      refused("network 'small': where it has 0.weight (3x1x1x1)", () -> plan.load(wide));
      refused("has 2 parameters", () -> plan.load(none));
      refused(
          "the weights do not belong",
          () -> training.forward(wide, trial.images, 2, trial.masks, new float[24]));
    }
  }

  @Test
  default void batchNormCannotBeTrainedOnASingleValue() {
    Sequential layers = new Sequential(new Conv2d(1, 2, 2), new BatchNorm2d(2), new Flatten());
    Network network = new Network("single", Shape.of(1, 1, 2, 2), layers);
    Trial trial = new Trial(network, 1, 4, 1);
    try (WholeBatch plan = training(trial, Gradients.OF_PARAMETERS)) {
      refused(
          "layer 1 BatchNorm2d",
          () -> plan.forward(trial.weights, trial.images, 1, trial.masks, new float[2]));
    }
  }
}
