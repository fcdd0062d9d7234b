package org.nin4j.data;

import java.util.Locale;
import java.util.zip.CRC32;

/**
 * Distinguishes data sets by their sizes and a CRC-32 of pixels and labels. If images differ in
 * size, there is also a CRC-32 of their sizes.
 */
final class DataFingerprint {
  private final ImageDataset dataset;
  private final CRC32 content = new CRC32();
  private final CRC32 sizes = new CRC32();
  private DecodedImage first;
  private boolean varying;

  DataFingerprint(ImageDataset dataset) {
    this.dataset = dataset;
  }

  /** Returns the fingerprint of a data set with a digest: {@code 45000x3xHxW-files-0123...}. */
  static String ofFiles(ImageDataset dataset, String digest) {
    String size = dataset.commonSize().map(ImageSize::toString).orElse("HxW");
    return dataset.size() + "x" + dataset.channels() + "x" + size + "-files-" + digest;
  }

  /** Adds the next image of the data set. */
  void add(DecodedImage image, int label) {
    content.update(image.pixels());
    content.update(label);
    if (dataset.classes().size() > 256) {
      content.update(label >> 8);
    }
    update(sizes, image.height());
    update(sizes, image.width());
    first = first == null ? image : first;
    varying |= image.height() != first.height() || image.width() != first.width();
  }

  private static void update(CRC32 crc, int value) {
    for (int shift = 24; shift >= 0; shift -= 8) {
      crc.update(value >> shift);
    }
  }

  /**
   * Returns the fingerprint of the images added so far: {@code 10000x1x28x28-d568c73e}, or {@code
   * 100x3xHxW-d568c73e-4adfcd13}.
   */
  @Override
  public String toString() {
    String images = dataset.size() + "x" + dataset.channels() + "x";
    return varying || first == null
        ? String.format(
            Locale.ROOT, "%sHxW-%08x-%08x", images, content.getValue(), sizes.getValue())
        : String.format(
            Locale.ROOT, "%s%dx%d-%08x", images, first.height(), first.width(), content.getValue());
  }
}
