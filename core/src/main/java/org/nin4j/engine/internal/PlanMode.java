package org.nin4j.engine.internal;

import org.nin4j.engine.Gradients;

/** What a plan computes, which decides on what the layers of its network become. */
public enum PlanMode {
  /** Logits. */
  INFERENCE(false, false, false),
  /** Logits and the gradient of the images, by layers that are in inference mode. */
  INPUT_GRADIENT(true, false, true),
  /** Logits and the gradients of the parameters. */
  TRAINING(true, true, false),
  /** Logits and the gradients of the parameters and of the images. */
  TRAINING_WITH_INPUT_GRADIENT(true, true, true);

  private final boolean hasBackwardPass;
  private final boolean trains;
  private final boolean hasInputGradient;

  PlanMode(boolean hasBackwardPass, boolean trains, boolean hasInputGradient) {
    this.hasBackwardPass = hasBackwardPass;
    this.trains = trains;
    this.hasInputGradient = hasInputGradient;
  }

  /** The mode of a training plan. */
  public static PlanMode training(Gradients wanted) {
    return switch (wanted) {
      case OF_PARAMETERS -> TRAINING;
      case OF_PARAMETERS_AND_INPUT -> TRAINING_WITH_INPUT_GRADIENT;
    };
  }

  /** Whether there is a backward pass. */
  public boolean hasBackwardPass() {
    return hasBackwardPass;
  }

  /** Whether Dropout, and BatchNorm2d where it is not frozen, are in training mode. */
  public boolean trains() {
    return trains;
  }

  /** Whether the backward pass goes through all layers, up to the images. */
  public boolean hasInputGradient() {
    return hasInputGradient;
  }
}
