package org.nin4j.train;

import java.util.OptionalInt;
import org.nin4j.data.DatasetSplits;
import org.nin4j.data.ImageDataset;

/**
 * How many images a data set has.
 *
 * @param train number of training images
 * @param validation number of validation images; empty if there are none
 * @param test number of test images; empty if there are none
 */
public record ImageCounts(int train, OptionalInt validation, OptionalInt test) {
  /**
   * Counts the images of a data set.
   *
   * @param data the data set
   * @return the numbers of its images
   */
  public static ImageCounts of(DatasetSplits data) {
    return new ImageCounts(
        data.train().size(),
        data.validation().stream().mapToInt(ImageDataset::size).findFirst(),
        data.test().stream().mapToInt(ImageDataset::size).findFirst());
  }
}
