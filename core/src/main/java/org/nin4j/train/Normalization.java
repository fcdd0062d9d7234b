package org.nin4j.train;

import java.util.Locale;
import org.nin4j.data.DatasetScan;
import org.nin4j.data.GlobalContrastNormalization;
import org.nin4j.data.Preprocessing;

/** How the pixels of an image, which are scaled to [0, 1], are normalized. */
public enum Normalization {
  /** Not at all. */
  NONE {
    @Override
    Preprocessing apply(Preprocessing resized, DatasetScan scan) {
      return resized;
    }
  },
  /** By the mean and the standard deviation of each channel over all training images. */
  MEAN_STD {
    @Override
    Preprocessing apply(Preprocessing resized, DatasetScan scan) {
      return resized.then(scan.normalize());
    }
  },
  /**
   * By the mean and the norm of the image itself: {@link GlobalContrastNormalization}, as in the
   * paper of Network in Network, section 4.2. The norm is 55 for 3x32x32 values, as in pylearn2,
   * and in proportion to the square root of their number otherwise.
   */
  GLOBAL_CONTRAST {
    @Override
    Preprocessing apply(Preprocessing resized, DatasetScan scan) {
      double values = (double) resized.channels() * resized.height() * resized.width();
      return resized.then(new GlobalContrastNormalization(CIFAR_NORM * Math.sqrt(values / CIFAR)));
    }
  };

  private static final double CIFAR_NORM = 55;
  private static final double CIFAR = 3 * 32 * 32;

  /** Returns preprocessing followed by this normalization. */
  abstract Preprocessing apply(Preprocessing resized, DatasetScan scan);

  /** Returns the name that recipes use, such as {@code mean-std}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
