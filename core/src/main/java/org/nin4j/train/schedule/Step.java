package org.nin4j.train.schedule;

import java.util.List;

/**
 * A learning rate that is reduced at given points of the training, as by PyTorch's MultiStepLR.
 *
 * @param learningRate the learning rate before the first reduction, above 0
 * @param factor the factor of each reduction, above 0 and below 1
 * @param at fractions of all steps after which the rate is reduced, rising, each above 0 and below
 *     1; at least one
 */
public record Step(double learningRate, double factor, List<Double> at) implements Schedule {
  /** In steps: a fraction such as 9/11 is rounded, and must not miss its step by that. */
  private static final double ROUNDING = 1e-6;

  /**
   * Creates a schedule.
   *
   * @param learningRate the learning rate before the first reduction, above 0
   * @param factor the factor of each reduction, above 0 and below 1
   * @param at fractions of all steps after which the rate is reduced, rising, each above 0 and
   *     below 1; at least one
   * @throws IllegalArgumentException when a value is out of its range
   */
  public Step {
    at = List.copyOf(at);
    LearningRates.require(learningRate);
    if (!(factor > 0 && factor < 1)) {
      throw new IllegalArgumentException(
          "the factor of a step must be above 0 and below 1, but is " + factor);
    }
    double before = 0;
    for (double point : at) {
      if (!(point > before && point < 1)) {
        throw new IllegalArgumentException(
            "the steps of a schedule must be rising fractions of the training, above 0 and below 1,"
                + " but are "
                + at);
      }
      before = point;
    }
    if (at.isEmpty()) {
      throw new IllegalArgumentException("a schedule of steps needs at least one of them");
    }
  }

  @Override
  public double rate(double step, double total, ScheduleState state) {
    double rate = learningRate;
    for (double point : at) {
      rate *= step >= point * total - ROUNDING ? factor : 1;
    }
    return rate;
  }

  @Override
  public Schedule withLearningRate(double newRate) {
    return new Step(newRate, factor, at);
  }
}
