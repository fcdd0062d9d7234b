package org.nin4j.train;

import java.util.Locale;
import java.util.zip.CRC32;
import org.nin4j.data.DatasetSplits;
import org.nin4j.data.ImageDataset;

/** Tells data sets apart: sizes, and a CRC-32 over pixels and labels. */
final class DataFingerprint {
  private DataFingerprint() {}

  static String of(DatasetSplits data) {
    return of(data.train()) + "+" + of(data.test());
  }

  private static String of(ImageDataset dataset) {
    CRC32 crc = new CRC32();
    byte[] pixels = new byte[dataset.channels() * dataset.height() * dataset.width()];
    for (int i = 0; i < dataset.size(); i++) {
      dataset.pixels(i, pixels);
      crc.update(pixels);
      crc.update(dataset.label(i));
    }
    return String.format(
        Locale.ROOT,
        "%dx%dx%dx%d-%08x",
        dataset.size(),
        dataset.channels(),
        dataset.height(),
        dataset.width(),
        crc.getValue());
  }
}
