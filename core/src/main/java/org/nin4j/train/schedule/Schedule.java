package org.nin4j.train.schedule;

/**
 * The learning rate of each step of a training. Schedules are composable: {@code
 * Schedule.cosine(1e-3).withWarmUp(0.1)} rises linearly over the first tenth of all steps and then
 * falls along half a cosine.
 *
 * <p>A schedule is immutable. What depends on the epochs so far is kept in a {@link ScheduleState},
 * which is part of each checkpoint.
 */
public sealed interface Schedule
    permits Constant, Cosine, Linear, OneCycle, ReduceOnPlateau, Step, WarmUp {
  /**
   * Returns the highest learning rate that the schedule reaches.
   *
   * @return the learning rate, above 0
   */
  double learningRate();

  /**
   * Returns the learning rate of a step.
   *
   * @param step index of the step in the training, from 0
   * @param total number of steps of the whole training
   * @param state the schedule's state after the epochs so far
   * @return the learning rate, at least 0
   */
  double rate(double step, double total, ScheduleState state);

  /**
   * Returns the schedule's state after an epoch. Most schedules do not depend on the epochs so far,
   * and return the state unchanged.
   *
   * @param loss mean loss of the epoch that has just ended: on the validation images if there are
   *     any, otherwise on the training images
   * @param state the state before that epoch
   * @return the state after that epoch
   */
  default ScheduleState after(double loss, ScheduleState state) {
    return state;
  }

  /**
   * Returns a schedule of the same form with another highest learning rate.
   *
   * @param newRate the highest learning rate, above 0
   * @return the changed schedule
   * @throws IllegalArgumentException when the rate is not above 0
   */
  Schedule withLearningRate(double newRate);

  /**
   * Returns a schedule with the same learning rate for all steps.
   *
   * @param learningRate the learning rate, above 0
   * @return the schedule
   * @throws IllegalArgumentException when the rate is not above 0
   */
  static Schedule constant(double learningRate) {
    return new Constant(learningRate);
  }

  /**
   * Returns a schedule whose learning rate falls to 0 along half a cosine.
   *
   * @param learningRate the learning rate of the first step, above 0
   * @return the schedule
   * @throws IllegalArgumentException when the rate is not above 0
   */
  static Schedule cosine(double learningRate) {
    return new Cosine(learningRate);
  }

  /**
   * Returns this schedule with a linear warm-up before it.
   *
   * @param part fraction of all steps that the warm-up takes, above 0 and at most 0.5
   * @return the schedule with a warm-up
   * @throws IllegalArgumentException when the fraction is out of its range, or this schedule has a
   *     warm-up already
   */
  default Schedule withWarmUp(double part) {
    return new WarmUp(part, 0, this);
  }

  /**
   * Returns this schedule with a linear warm-up of a number of steps before it.
   *
   * @param steps number of steps of the warm-up, at least 1; a training of fewer than twice as many
   *     steps warms up for half of them
   * @return the schedule with a warm-up
   * @throws IllegalArgumentException when the number is below 1, or this schedule has a warm-up
   *     already
   */
  default Schedule withWarmUpSteps(int steps) {
    return new WarmUp(0, steps, this);
  }
}
