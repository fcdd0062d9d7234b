package org.nin4j.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Small IDX files, sound ones and others. */
final class IdxBytes {
  private IdxBytes() {}

  /** Image i has the pixels i, i + 1, i + 2, ... */
  static byte[] images(int count, int rows, int columns) {
    byte[] pixels = new byte[count * rows * columns];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i / (rows * columns) + i % (rows * columns));
    }
    return file(0x0803, pixels, count, rows, columns);
  }

  /** The labels 0, 1, 2, ..., 9, 0, 1, ... */
  static byte[] labels(int count) {
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) (i % 10);
    }
    return file(0x0801, labels, count);
  }

  static byte[] file(int magic, byte[] content, int... sizes) {
    ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * sizes.length + content.length).putInt(magic);
    for (int size : sizes) {
      bytes.putInt(size);
    }
    return bytes.put(content).array();
  }

  static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return compressed.toByteArray();
  }

  /** A data set of 20 + 10 images of 4x3, gzipped under the usual names. */
  static Path folder(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve(IdxFolder.TRAIN_IMAGES + ".gz"), gzip(images(20, 4, 3)));
    Files.write(folder.resolve(IdxFolder.TRAIN_LABELS + ".gz"), gzip(labels(20)));
    Files.write(folder.resolve(IdxFolder.TEST_IMAGES + ".gz"), gzip(images(10, 4, 3)));
    Files.write(folder.resolve(IdxFolder.TEST_LABELS + ".gz"), gzip(labels(10)));
    return folder;
  }
}
