package org.nin4j.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.nin4j.error.InvalidFileException;

/**
 * The records of one binary file of CIFAR-10 or CIFAR-100. A record consists of one or two label
 * bytes, of which the last is used, followed by (3, 32, 32) bytes: red, green and blue.
 */
final class CifarFile {
  static final int SIDE = 32;
  static final int PIXELS = 3 * SIDE * SIDE;

  private final byte[] records;
  private final int labelBytes;

  private CifarFile(byte[] records, int labelBytes) {
    this.records = records;
    this.labelBytes = labelBytes;
  }

  /**
   * @param labelBytes 1 for CIFAR-10; 2 for CIFAR-100, the coarse label and the fine one
   * @param classes number of classes; each label must be below it
   */
  static CifarFile read(Path file, int labelBytes, int classes) throws IOException {
    byte[] records;
    try (IdxStream stream = IdxStream.open(file)) {
      records = stream.takeRest();
    }
    int length = labelBytes + PIXELS;
    if (records.length == 0 || records.length % length != 0) {
      throw new InvalidFileException(
          file,
          String.format(
              Locale.ROOT,
              "is truncated or is not a CIFAR file: its length of %,d bytes is not a multiple of %,d,"
                  + " the length of an image with its label",
              records.length,
              length),
          null);
    }
    for (int at = labelBytes - 1; at < records.length; at += length) {
      int label = Byte.toUnsignedInt(records[at]);
      if (label >= classes) {
        throw new InvalidFileException(
            file,
            at,
            String.format(
                "image %d has the label %d (at byte %d), but there are %d classes, 0 to %d",
                at / length, label, at, classes, classes - 1),
            null);
      }
    }
    return new CifarFile(records, labelBytes);
  }

  int count() {
    return records.length / (labelBytes + PIXELS);
  }

  int label(int index) {
    return Byte.toUnsignedInt(records[index * (labelBytes + PIXELS) + labelBytes - 1]);
  }

  /** Copies the (3, 32, 32) bytes of an image. */
  void pixels(int index, byte[] target) {
    System.arraycopy(records, index * (labelBytes + PIXELS) + labelBytes, target, 0, PIXELS);
  }
}
