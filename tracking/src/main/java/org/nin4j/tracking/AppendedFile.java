package org.nin4j.tracking;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.nin4j.internal.FileErrors;

/**
 * A text file that grows at its end, through a buffer. Text that cannot be written stays in the
 * buffer, and the next attempt writes it once. The file is open only while it is written, so there
 * is nothing to close.
 *
 * <p>Works in an interrupted thread too.
 */
final class AppendedFile {
  private final Path file;
  private final ByteArrayOutputStream buffer = new ByteArrayOutputStream();

  /** Number of bytes of the file that are as they should be; what follows is overwritten. */
  private long length;

  /** Appends to a file, which is created when there is none; a last line is ended if need be. */
  AppendedFile(Path file) throws IOException {
    this.file = file;
    if (Files.exists(file)) {
      try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
        length = in.length();
        in.seek(Math.max(0, length - 1));
        append(length > 0 && in.read() != '\n' ? "\n" : "");
      } catch (IOException e) {
        throw FileErrors.reading(file, e);
      }
    }
  }

  /** Appends to the buffer. */
  void append(String text) {
    buffer.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes the buffer to the file; a crash of the system may still lose it. */
  void write() throws IOException {
    write(false);
  }

  /** Writes the buffer to the file, and the file to the disk. */
  void force() throws IOException {
    write(true);
  }

  private void write(boolean toDisk) throws IOException {
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      long start = Math.min(length, out.length()); // shorter if someone has replaced the file
      if (out.length() > start) {
        out.setLength(start); // which takes milliseconds on some file systems
      }
      out.seek(start);
      out.write(buffer.toByteArray());
      if (toDisk) {
        out.getFD().sync();
      }
      length = start + buffer.size();
      buffer.reset();
    } catch (IOException e) {
      throw FileErrors.writing(file, file.toAbsolutePath().getParent(), e);
    }
  }
}
