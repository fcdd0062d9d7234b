package org.nin4j.data;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.nin4j.error.InvalidFileException;
import org.nin4j.internal.FileErrors;

/**
 * The bytes of one file, decompressed if it begins as gzip does, whatever its name. Remembers where
 * it is, so that a complaint can name the file and the offset.
 */
final class IdxStream implements Closeable {
  private static final int FIRST_PIECE = 1 << 20;
  private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

  private final InputStream in;
  private final String where;
  private final Path file; // null for a stream that is no file's
  private final boolean compressed;
  private long offset;

  /**
   * @param where what messages call the stream
   */
  IdxStream(InputStream source, String where) throws IOException {
    this(source, where, null);
  }

  private IdxStream(InputStream source, String where, Path file) throws IOException {
    this.where = where;
    this.file = file;
    BufferedInputStream buffered = new BufferedInputStream(source, 1 << 16);
    buffered.mark(2);
    int magic = buffered.read() | buffered.read() << 8;
    buffered.reset();
    compressed = magic == GZIPInputStream.GZIP_MAGIC;
    try {
      in = compressed ? new GZIPInputStream(buffered, 1 << 16) : buffered;
    } catch (EOFException | ZipException e) {
      throw damaged(e);
    }
  }

  static IdxStream open(Path file) throws IOException {
    InputStream source = FileErrors.open(file);
    try {
      return new IdxStream(source, file.toString(), file);
    } catch (IOException | RuntimeException e) {
      source.close();
      throw e;
    }
  }

  /** Reads as many bytes as there are, up to the length of the target. */
  int fill(byte[] target) throws IOException {
    return fill(target, 0);
  }

  private int fill(byte[] target, int from) throws IOException {
    int filled = from;
    try {
      while (filled < target.length) {
        int read = in.read(target, filled, target.length - filled);
        if (read < 0) {
          break;
        }
        filled += read;
        offset += read;
      }
    } catch (EOFException | ZipException e) {
      throw damaged(e);
    }
    return filled;
  }

  /**
   * Reads a part of known length. What is allocated stays below twice what has arrived, so a header
   * that lies cannot exhaust the memory.
   *
   * @param what what the header declares, for messages
   */
  byte[] take(double length, String what) throws IOException {
    if (length > LARGEST_ARRAY) {
      throw error(0, "declares " + what + ", more than the 2 GB that can be read");
    }
    long start = offset;
    try {
      byte[] bytes = new byte[(int) Math.min(length, FIRST_PIECE)];
      int filled = fill(bytes, 0);
      while (filled == bytes.length && filled < length) {
        bytes = Arrays.copyOf(bytes, (int) Math.min(length, 2.0 * bytes.length));
        filled = fill(bytes, filled);
      }
      if (filled < length) {
        throw error(
            offset,
            "is truncated: it ends at "
                + position(offset)
                + ", but declares "
                + what
                + ", which needs "
                + (start + (long) length)
                + " bytes");
      }
      return bytes;
    } catch (OutOfMemoryError e) {
      throw new IOException(
          where + ": " + what + " do not fit into Java's memory; give it more with -Xmx", e);
    }
  }

  /** Reads the rest of the file, up to 2 GB. */
  byte[] takeRest() throws IOException {
    long start = offset;
    try {
      byte[] rest = in.readAllBytes();
      offset = start + rest.length;
      return rest;
    } catch (EOFException | ZipException e) {
      throw damaged(e);
    } catch (OutOfMemoryError e) {
      throw new IOException(where + ": does not fit into Java's memory; give it more with -Xmx", e);
    }
  }

  /** Also makes the decompressor check the file's checksum. */
  void expectEnd(String what) throws IOException {
    long end = offset;
    if (fill(new byte[1]) > 0) {
      throw error(end, "goes on after " + position(end) + ", where " + what + " end");
    }
  }

  /**
   * A complaint.
   *
   * @param at where, in (decompressed) bytes from the start
   */
  InvalidFileException error(long at, String complaint) {
    return error(at, complaint, null);
  }

  private InvalidFileException error(long at, String complaint, IOException cause) {
    return file == null
        ? InvalidFileException.in(where, OptionalLong.of(at), complaint, cause)
        : new InvalidFileException(file, at, complaint, cause);
  }

  /** "byte 12", and of what. */
  String position(long at) {
    return "byte " + at + (compressed ? " (decompressed)" : "");
  }

  private IOException damaged(IOException cause) {
    return error(
        offset,
        "the gzip data is damaged or truncated after "
            + offset
            + " decompressed bytes ("
            + cause.getMessage()
            + ")",
        cause);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
