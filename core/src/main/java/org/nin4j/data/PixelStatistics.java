package org.nin4j.data;

import java.util.ArrayList;
import java.util.List;

/**
 * The exact mean and standard deviation of each channel over a set of images, computed from counts
 * of the 256 pixel values.
 */
final class PixelStatistics {
  /** (C, 256): how often each pixel value occurs in each channel. */
  private final long[][] counts;

  PixelStatistics(int channels) {
    counts = new long[channels][256];
  }

  /** Counts the pixels of an image with the same number of channels. */
  void add(DecodedImage image) {
    byte[] pixels = image.pixels();
    int area = image.height() * image.width();
    for (int c = 0; c < counts.length; c++) {
      long[] count = counts[c];
      for (int p = c * area; p < (c + 1) * area; p++) {
        count[pixels[p] & 0xFF]++;
      }
    }
  }

  /** Returns the number of pixels counted; a pixel of several channels counts once. */
  long pixels() {
    long sum = 0;
    for (long count : counts[0]) {
      sum += count;
    }
    return sum;
  }

  /** Returns the step that gives each channel mean 0 and standard deviation 1. */
  Normalize normalize() {
    List<Float> means = new ArrayList<>();
    List<Float> deviations = new ArrayList<>();
    for (long[] count : counts) {
      double n = 0;
      double sum = 0;
      double squares = 0;
      for (int value = 0; value < 256; value++) {
        n += count[value];
        sum += count[value] * (value / 255.0);
        squares += count[value] * (value / 255.0) * (value / 255.0);
      }
      double variance = squares / n - sum / n * (sum / n);
      means.add((float) (sum / n));
      deviations.add(variance > 1e-8 ? (float) Math.sqrt(variance) : 1f);
    }
    return new Normalize(means, deviations);
  }
}
