package org.nin4j.interchange.caffe;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import org.nin4j.interchange.internal.FileRange;
import org.nin4j.internal.FileErrors;

/** Reads the numbers of blobs, best in the order of the file, straight into arrays of floats. */
final class BlobReader implements Closeable {
  /** A multiple of every number's size. */
  private static final int CHUNK = 1 << 16;

  private final Path file;
  private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
  private InputStream in;
  private long at;

  BlobReader(Path file) throws IOException {
    this.file = file;
    in = open(file);
  }

  private static InputStream open(Path file) throws IOException {
    return new BufferedInputStream(FileErrors.open(file), CHUNK);
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
        filled = read(range, blob.isDouble(), target, filled);
      }
    } catch (IOException e) {
      throw FileErrors.reading(file, e);
    }
    List<? extends Number> apart = blob.apart();
    for (int i = 0; i < apart.size(); i++) {
      target[i] = apart.get(i).floatValue();
    }
  }

  private int read(FileRange range, boolean doubles, float[] target, int from) throws IOException {
    if (range.offset() < at) {
      in.close();
      in = open(file);
      at = 0;
    }
    in.skipNBytes(range.offset() - at);
    at = range.offset() + range.length();
    int filled = from;
    for (long left = range.length(); left > 0; left -= chunk.limit()) {
      chunk.clear().limit((int) Math.min(left, CHUNK));
      int read = in.readNBytes(chunk.array(), 0, chunk.limit());
      if (read < chunk.limit()) {
        throw new IOException("it became shorter while it was read");
      }
      if (doubles) {
        while (chunk.hasRemaining()) {
          target[filled++] = (float) chunk.getDouble();
        }
      } else {
        int count = chunk.remaining() / Float.BYTES;
        chunk.asFloatBuffer().get(target, filled, count);
        filled += count;
      }
    }
    return filled;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
