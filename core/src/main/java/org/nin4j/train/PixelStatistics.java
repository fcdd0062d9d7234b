package org.nin4j.train;

import java.util.ArrayList;
import java.util.List;
import org.nin4j.data.ImageDataset;
import org.nin4j.data.Preprocessing;

/**
 * Mean and standard deviation of each channel over a set of images, exactly, from counts of the 256
 * values.
 */
final class PixelStatistics {
  private PixelStatistics() {}

  /** The preprocessing that gives the images' channels mean 0 and standard deviation 1. */
  static Preprocessing normalizing(ImageDataset dataset, int size) {
    int area = dataset.height() * dataset.width();
    long[][] counts = new long[dataset.channels()][256];
    byte[] pixels = new byte[dataset.channels() * area];
    for (int i = 0; i < dataset.size(); i++) {
      dataset.pixels(i, pixels);
      for (int p = 0; p < pixels.length; p++) {
        counts[p / area][pixels[p] & 0xFF]++;
      }
    }
    List<Float> means = new ArrayList<>();
    List<Float> deviations = new ArrayList<>();
    for (long[] count : counts) {
      double n = (double) area * dataset.size();
      double sum = 0;
      double squares = 0;
      for (int value = 0; value < 256; value++) {
        sum += count[value] * (value / 255.0);
        squares += count[value] * (value / 255.0) * (value / 255.0);
      }
      double variance = squares / n - sum / n * (sum / n);
      means.add((float) (sum / n));
      deviations.add(variance > 1e-8 ? (float) Math.sqrt(variance) : 1f);
    }
    return new Preprocessing(dataset.channels(), size, size, means, deviations);
  }
}
