package org.nin4j.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.nin4j.error.InvalidFileException;

/**
 * Reads the IDX files in which MNIST and similar data sets are published, plain or gzipped: two
 * zero bytes, the type of value (0x08, unsigned byte), the number of dimensions, each dimension as
 * a big-endian 32-bit number, then the values.
 */
public final class Idx {
  private static final int UNSIGNED_BYTE = 0x08;

  private Idx() {}

  /**
   * Reads grey images and their labels.
   *
   * @param images the file of images
   * @param labels the file of labels, one for each image
   * @param name what messages call the data set
   * @param classes the names of the labels 0, 1, ...
   * @return the images with their labels
   * @throws InvalidFileException if a file is damaged or not IDX, or if the files do not fit each
   *     other; with the offset
   * @throws IOException if a file is not there or cannot be read
   */
  public static ImageDataset read(Path images, Path labels, String name, List<String> classes)
      throws IOException {
    IdxImages pixels = readImages(images);
    byte[] numbers = readLabels(labels, classes.size());
    if (pixels.count() != numbers.length) {
      throw new InvalidFileException(
          images,
          String.format(
              "holds %d images, but %s holds %d labels", pixels.count(), labels, numbers.length),
          null);
    }
    return new IdxDataset(name, pixels, numbers, classes);
  }

  static IdxImages readImages(Path file) throws IOException {
    try (IdxStream stream = IdxStream.open(file)) {
      return readImages(stream);
    }
  }

  /**
   * @param where what messages call the stream
   */
  static IdxImages readImages(InputStream in, String where) throws IOException {
    try (IdxStream stream = new IdxStream(in, where)) {
      return readImages(stream);
    }
  }

  /** One number for each label, each below {@code classes}. */
  static byte[] readLabels(Path file, int classes) throws IOException {
    try (IdxStream stream = IdxStream.open(file)) {
      return readLabels(stream, classes);
    }
  }

  /**
   * @param where what messages call the stream
   */
  static byte[] readLabels(InputStream in, String where, int classes) throws IOException {
    try (IdxStream stream = new IdxStream(in, where)) {
      return readLabels(stream, classes);
    }
  }

  private static IdxImages readImages(IdxStream stream) throws IOException {
    long[] sizes = readHeader(stream, 3, "images (count, rows, columns)");
    String what = sizes[0] + " images of " + sizes[1] + "x" + sizes[2];
    byte[] pixels = stream.take((double) sizes[0] * sizes[1] * sizes[2], what);
    stream.expectEnd("its " + what);
    return new IdxImages((int) sizes[0], (int) sizes[1], (int) sizes[2], pixels);
  }

  private static byte[] readLabels(IdxStream stream, int classes) throws IOException {
    long count = readHeader(stream, 1, "labels (count)")[0];
    byte[] labels = stream.take((double) count, count + " labels");
    stream.expectEnd("its " + count + " labels");
    for (int i = 0; i < labels.length; i++) {
      int label = Byte.toUnsignedInt(labels[i]);
      if (label >= classes) {
        throw stream.error(
            8L + i,
            String.format(
                "label %d has the value %d (at %s), but there are %d classes, 0 to %d",
                i, label, stream.position(8L + i), classes, classes - 1));
      }
    }
    return labels;
  }

  private static long[] readHeader(IdxStream stream, int dimensions, String what)
      throws IOException {
    byte[] header = new byte[4 + 4 * dimensions];
    int length = stream.fill(header);
    if (length == 0) {
      throw stream.error(0, "is empty");
    }
    if (length >= 2 && (header[0] != 0 || header[1] != 0)) {
      throw stream.error(
          0,
          String.format(
              "is not an IDX file: it begins with the bytes %02x %02x, not 00 00",
              header[0], header[1]));
    }
    if (length >= 3 && header[2] != UNSIGNED_BYTE) {
      throw stream.error(
          2,
          String.format(
              "holds values of type 0x%02x (at %s), but only unsigned bytes (0x08) can be read",
              header[2], stream.position(2)));
    }
    if (length >= 4 && header[3] != dimensions) {
      throw stream.error(
          3,
          String.format(
              "has %d dimensions (at %s), but %s need %d",
              header[3], stream.position(3), what, dimensions));
    }
    if (length < header.length) {
      throw stream.error(
          length,
          String.format(
              "is truncated: it ends at %s, within its header of %d bytes",
              stream.position(length), header.length));
    }
    long[] sizes = new long[dimensions];
    for (int i = 0; i < dimensions; i++) {
      sizes[i] = Integer.toUnsignedLong(ByteBuffer.wrap(header).getInt(4 * (i + 1)));
      if (sizes[i] == 0) {
        throw stream.error(
            4L * (i + 1), "declares a dimension of 0 at " + stream.position(4L * (i + 1)));
      }
    }
    return sizes;
  }
}
