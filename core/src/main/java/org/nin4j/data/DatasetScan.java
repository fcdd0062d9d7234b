package org.nin4j.data;

import java.util.ArrayList;
import java.util.List;

/**
 * Properties of a data set that are determined before training: a fingerprint of all its parts, and
 * the mean and standard deviation of its training images. Immutable.
 *
 * <p>If a part has a {@linkplain ImageDataset#contentDigest() digest}, as image files have, its
 * fingerprint consists of that digest, and mean and standard deviation come from a sample of up to
 * 2,000 images or, if the images are large, about 200 million pixels; the same data set always has
 * the same sample. All images of other parts are read.
 */
public final class DatasetScan {
  private final String fingerprint;
  private final Normalize training;

  private DatasetScan(String fingerprint, Normalize training) {
    this.fingerprint = fingerprint;
    this.training = training;
  }

  /**
   * Looks at a data set. Reads every image once, on the calling thread, except where a part has a
   * {@linkplain ImageDataset#contentDigest() digest}.
   *
   * @param splits the data set
   * @return what was found
   * @throws IllegalArgumentException if an image has other channels than its data set says
   * @throws java.io.UncheckedIOException if an image cannot be read
   */
  public static DatasetScan of(DatasetSplits splits) {
    PixelStatistics training = new PixelStatistics(splits.train().channels());
    List<String> fingerprints = new ArrayList<>();
    fingerprints.add(scan(splits.train(), training));
    splits.validation().ifPresent(validation -> fingerprints.add(scan(validation, null)));
    splits.test().ifPresent(test -> fingerprints.add(scan(test, null)));
    return new DatasetScan(String.join("+", fingerprints), training.normalize());
  }

  /**
   * @param statistics counts the pixels, if not null
   */
  private static String scan(ImageDataset dataset, PixelStatistics statistics) {
    if (dataset.contentDigest().isPresent()) {
      if (statistics != null) {
        PixelSample.count(dataset, statistics);
      }
      return DataFingerprint.ofFiles(dataset, dataset.contentDigest().get());
    }
    DataFingerprint fingerprint = new DataFingerprint(dataset);
    for (int i = 0; i < dataset.size(); i++) {
      DecodedImage image = dataset.image(i);
      if (image.channels() != dataset.channels()) {
        throw new IllegalArgumentException(
            String.format(
                "image %d of %s has %d channels, but the data set has %d",
                i, dataset.name(), image.channels(), dataset.channels()));
      }
      fingerprint.add(image, dataset.label(i));
      if (statistics != null) {
        statistics.add(image);
      }
    }
    return fingerprint.toString();
  }

  /**
   * {@return what tells this data set from others: for each part the number and size of its images
   * and a CRC-32 over pixels and labels, such as {@code
   * 10000x1x28x28-d568c73e+2000x1x28x28-4adfcd13}}
   */
  public String fingerprint() {
    return fingerprint;
  }

  /**
   * Returns the step that gives each channel of the training images that were looked at, over all
   * their pixels, mean 0 and standard deviation 1. A channel that is of one value throughout keeps
   * its scale.
   *
   * @return the mean and standard deviation of each channel, of pixels from 0 to 1
   */
  public Normalize normalize() {
    return training;
  }

  /**
   * Returns the preprocessing that resizes images and then {@linkplain #normalize() normalises}
   * them.
   *
   * @param height rows of the network's input, at least 1
   * @param width columns of the network's input, at least 1
   * @return resizing to that size without antialiasing, then normalisation
   * @throws IllegalArgumentException if the height or the width is below 1
   */
  public Preprocessing normalizing(int height, int width) {
    return Preprocessing.unit(training.mean().size(), height, width).then(training);
  }
}
