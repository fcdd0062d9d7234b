package org.nin4j.data;

/**
 * The positive numbers that an {@link Augmentation} draws one from.
 *
 * @param min the smallest, above 0
 * @param max the largest, finite and at least {@code min}
 */
public record Range(double min, double max) {
  /**
   * Checks the limits.
   *
   * @throws IllegalArgumentException if they are not positive and finite, or the smallest exceeds
   *     the largest
   */
  public Range {
    if (!(min > 0 && min <= max && max < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "a range needs limits with 0 < smallest <= largest, but has " + min + " and " + max);
    }
  }
}
