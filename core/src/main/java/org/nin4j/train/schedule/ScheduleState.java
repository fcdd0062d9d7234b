package org.nin4j.train.schedule;

/**
 * The state of a {@link Schedule} after the epochs so far, which is part of each checkpoint.
 *
 * @param scale factor by which learning rates are multiplied, above 0 and at most 1
 * @param best lowest loss of an epoch so far; infinity before the first
 * @param badEpochs number of consecutive epochs without improvement, at least 0
 */
public record ScheduleState(double scale, double best, int badEpochs) {
  /** The state before the first epoch. */
  public static final ScheduleState INITIAL = new ScheduleState(1, Double.POSITIVE_INFINITY, 0);

  /**
   * Creates a state.
   *
   * @param scale factor by which learning rates are multiplied, above 0 and at most 1
   * @param best lowest loss of an epoch so far; infinity before the first
   * @param badEpochs number of consecutive epochs without improvement, at least 0
   * @throws IllegalArgumentException when a value is out of its range
   */
  public ScheduleState {
    if (!(scale > 0 && scale <= 1) || Double.isNaN(best) || badEpochs < 0) {
      throw new IllegalArgumentException(
          "no schedule has the state scale "
              + scale
              + ", best loss "
              + best
              + ", "
              + badEpochs
              + " bad epochs");
    }
  }
}
