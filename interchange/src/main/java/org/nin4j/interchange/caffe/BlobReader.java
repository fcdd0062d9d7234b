package org.nin4j.interchange.caffe;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import org.nin4j.interchange.internal.FileRange;
import org.nin4j.internal.FileErrors;
import org.nin4j.io.Dtype;
import org.nin4j.io.Floats;

/** Reads the numbers of blobs, best in the order of the file, straight into arrays of floats. */
final class BlobReader implements Closeable {
  private final Path file;
  private InputStream in;
  private long at;

  BlobReader(Path file) throws IOException {
    this.file = file;
    in = open(file);
  }

  private static InputStream open(Path file) throws IOException {
    return new BufferedInputStream(FileErrors.open(file), 1 << 16);
  }

  /**
   * Reads a blob.
   *
   * @param target receives all of its values; as long as they are
   */
  void read(Blob blob, float[] target) throws IOException {
    try {
      int filled = 0;
      for (FileRange range : blob.ranges()) {
        filled = read(range, blob.dtype(), target, filled);
      }
    } catch (IOException e) {
      throw FileErrors.reading(file, e);
    }
    List<? extends Number> apart = blob.apart();
    for (int i = 0; i < apart.size(); i++) {
      target[i] = apart.get(i).floatValue();
    }
  }

  private int read(FileRange range, Dtype dtype, float[] target, int from) throws IOException {
    if (range.offset() < at) {
      in.close();
      in = open(file);
      at = 0;
    }
    in.skipNBytes(range.offset() - at);
    at = range.offset() + range.length();
    int count = (int) (range.length() / (dtype.bits() / 8));
    Floats.read(this::next, dtype, ByteOrder.LITTLE_ENDIAN, target, from, count);
    return from + count;
  }

  private void next(byte[] bytes, int length) throws IOException {
    if (in.readNBytes(bytes, 0, length) < length) {
      throw new IOException("it became shorter while it was read");
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
