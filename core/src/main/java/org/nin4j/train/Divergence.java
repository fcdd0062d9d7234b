package org.nin4j.train;

/** Recognises a training whose loss or gradients are no longer finite numbers. */
final class Divergence implements StepCheck {
  private final TrainingState state;

  Divergence(TrainingState state) {
    this.state = state;
  }

  @Override
  public void check(Step step) {
    requireFinite(step, "loss", step.loss());
    requireFinite(step, "norm of the gradients", step.gradientNorm());
  }

  private void requireFinite(Step step, String what, double value) {
    if (!Double.isFinite(value)) {
      throw state.diverged(
          "the " + what + " in epoch " + step.epoch() + ", step " + step.number() + " is " + value);
    }
  }
}
