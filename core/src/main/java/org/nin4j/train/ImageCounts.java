package org.nin4j.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.nin4j.data.DatasetSplits;
import org.nin4j.data.ImageDataset;

/**
 * How many images a data set has.
 *
 * @param train number of training images
 * @param validation number of validation images; empty if there are none
 * @param test number of test images; empty if there are none
 * @param classes the same numbers for each class, in the order of the labels
 */
public record ImageCounts(
    int train, OptionalInt validation, OptionalInt test, List<ClassCounts> classes) {
  /**
   * Copies the list.
   *
   * @param train number of training images
   * @param validation number of validation images; empty if there are none
   * @param test number of test images; empty if there are none
   * @param classes the same numbers for each class, in the order of the labels
   */
  public ImageCounts {
    classes = List.copyOf(classes);
  }

  /**
   * Counts the images of a data set.
   *
   * @param data the data set
   * @return the numbers of its images
   */
  public static ImageCounts of(DatasetSplits data) {
    return new ImageCounts(
        data.train().size(), size(data.validation()), size(data.test()), classes(data));
  }

  private static OptionalInt size(Optional<ImageDataset> part) {
    return part.stream().mapToInt(ImageDataset::size).findFirst();
  }

  private static List<ClassCounts> classes(DatasetSplits data) {
    List<String> names = data.train().classes();
    int[] train = perClass(Optional.of(data.train()), names.size());
    int[] validation = perClass(data.validation(), names.size());
    int[] test = perClass(data.test(), names.size());
    List<ClassCounts> classes = new ArrayList<>();
    for (int label = 0; label < names.size(); label++) {
      classes.add(new ClassCounts(names.get(label), train[label], validation[label], test[label]));
    }
    return classes;
  }

  /** Returns the number of images of each label; zeros without images. */
  private static int[] perClass(Optional<ImageDataset> part, int classes) {
    int[] counts = new int[classes];
    if (part.isPresent()) {
      for (int i = 0; i < part.get().size(); i++) {
        counts[part.get().label(i)]++;
      }
    }
    return counts;
  }
}
