package org.nin4j.train;

/**
 * What a {@link Schedule} remembers of the epochs so far; part of every checkpoint.
 *
 * @param scale by which rates are multiplied, above 0 and at most 1
 * @param best lowest loss of an epoch so far; infinite before the first
 * @param badEpochs number of epochs in a row without improvement
 */
public record ScheduleState(double scale, double best, int badEpochs) {
  /** The state before the first epoch. */
  public static final ScheduleState INITIAL = new ScheduleState(1, Double.POSITIVE_INFINITY, 0);

  public ScheduleState {
    if (!(scale > 0 && scale <= 1) || Double.isNaN(best) || badEpochs < 0) {
      throw new IllegalArgumentException(
          "no schedule is at scale " + scale + ", loss " + best + " and " + badEpochs + " epochs");
    }
  }
}
