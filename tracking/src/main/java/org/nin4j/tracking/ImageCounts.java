package org.nin4j.tracking;

import java.util.Locale;
import java.util.OptionalInt;

/**
 * How many images a data set has, read from its fingerprint, which has a part for each split.
 *
 * @param train number of training images, if it is known
 * @param validation number of validation images, if there are any
 * @param test number of test images, if there are any
 */
record ImageCounts(OptionalInt train, OptionalInt validation, OptionalInt test) {
  /**
   * Reads the numbers of images.
   *
   * @param fingerprint such as {@code 10000x1x28x28-d568c73e+2000x1x28x28-4adfcd13}, as {@link
   *     org.nin4j.data.DatasetScan#fingerprint} describes it
   * @param validates whether the second part is that of validation images
   */
  static ImageCounts of(String fingerprint, boolean validates) {
    String[] parts = fingerprint.split("\\+", -1);
    return new ImageCounts(
        count(parts, 0),
        validates ? count(parts, 1) : OptionalInt.empty(),
        count(parts, validates ? 2 : 1));
  }

  private static OptionalInt count(String[] parts, int index) {
    return index < parts.length && parts[index].matches("\\d{1,9}x.*")
        ? OptionalInt.of(Integer.parseInt(parts[index].substring(0, parts[index].indexOf('x'))))
        : OptionalInt.empty();
  }

  /** Returns a clause such as {@code : 10,000 images to train on, 2,000 to test}. */
  String sentence() {
    if (train.isEmpty()) {
      return "";
    }
    return String.format(Locale.ROOT, ": %,d images to train on", train.getAsInt())
        + clause(validation, "to validate")
        + clause(test, "to test");
  }

  private static String clause(OptionalInt count, String purpose) {
    return count.isPresent()
        ? String.format(Locale.ROOT, ", %,d %s", count.getAsInt(), purpose)
        : "";
  }
}
