package org.nin4j.train;

/** Detects a training that has diverged: its loss or its gradients are no longer finite. */
final class DivergenceCheck implements StepCheck {
  private final TrainingState state;

  DivergenceCheck(TrainingState state) {
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
