package org.nin4j.interchange.internal;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.nin4j.error.InvalidFileException;
import org.nin4j.internal.FileErrors;

/** The bytes of an archive. Not a channel: those refuse to work in an interrupted thread. */
final class ZipInput implements Closeable {
  final Path file;
  final long size;
  private final RandomAccessFile in;

  private ZipInput(Path file, RandomAccessFile in, long size) {
    this.file = file;
    this.in = in;
    this.size = size;
  }

  /**
   * Opens a file.
   *
   * @throws IOException when it is missing, a folder, or may not be read
   */
  static ZipInput open(Path file) throws IOException {
    FileErrors.requireRegularFile(file);
    try {
      long size = Files.size(file);
      return new ZipInput(file, new RandomAccessFile(file.toFile(), "r"), size);
    } catch (IOException e) {
      throw FileErrors.reading(file, e);
    }
  }

  /** Reads {@code length} bytes that lie within the file, in its little-endian order. */
  ByteBuffer read(long offset, int length) throws IOException {
    byte[] bytes = new byte[length];
    read(offset, bytes, 0, length);
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  void read(long offset, byte[] target, int from, int length) throws IOException {
    try {
      in.seek(offset);
      int done = 0;
      while (done < length) {
        int count = in.read(target, from + done, length - done);
        if (count < 0) {
          throw new InvalidFileException(file, "became shorter while it was read; try again", null);
        }
        done += count;
      }
    } catch (IOException e) {
      throw FileErrors.reading(file, e);
    }
  }

  /** The file is damaged, or made to mislead, at an offset. */
  InvalidFileException damaged(long offset, String complaint) {
    return new InvalidFileException(
        file,
        offset,
        complaint + ", at byte " + offset + "; the file is damaged, copy it again",
        null);
  }

  InvalidFileException refused(String complaint) {
    return new InvalidFileException(file, complaint, null);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
