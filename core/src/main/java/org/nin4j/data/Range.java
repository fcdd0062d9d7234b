package org.nin4j.data;

/**
 * A range of positive numbers from which an {@link Augmentation} draws.
 *
 * @param min the smallest number, above 0
 * @param max the largest number, finite and at least {@code min}
 */
public record Range(double min, double max) {
  /**
   * Checks the limits.
   *
   * @param min the smallest number, above 0
   * @param max the largest number, finite and at least {@code min}
   * @throws IllegalArgumentException if a limit is not positive and finite, or {@code min} exceeds
   *     {@code max}
   */
  public Range {
    if (!(min > 0 && min <= max && max < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "a range must have limits 0 < min <= max, but has " + min + " and " + max);
    }
  }
}
