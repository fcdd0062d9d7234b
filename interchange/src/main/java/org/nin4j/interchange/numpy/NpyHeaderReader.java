package org.nin4j.interchange.numpy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.nin4j.error.InvalidFileException;

/** Reads the beginning of an array, up to its elements. */
final class NpyHeaderReader {
  /** Bytes of the magic and the version. */
  private static final int START = NpyHeader.MAGIC.length + 2;

  private NpyHeaderReader() {}

  /**
   * Reads from a stream, and no further than to the elements.
   *
   * @param size bytes of the whole array, header and elements
   * @throws InvalidFileException when it is not an array, is not supported, or does not have the
   *     size that it says
   */
  static NpyHeader read(ArraySource source, InputStream in, long size) throws IOException {
    byte[] start = fill(source, in, START);
    if (!Arrays.equals(NpyHeader.MAGIC, Arrays.copyOf(start, NpyHeader.MAGIC.length))) {
      throw source.invalid(0, "is not a NumPy array (.npy); save it with np.save");
    }
    int major = start[START - 2] & 0xFF;
    int minor = start[START - 1] & 0xFF;
    if (major < 1 || major > 3 || minor != 0) {
      throw source.invalid(
          START - 2,
          "has format version "
              + major
              + "."
              + minor
              + ", and only NumPy's versions 1.0, 2.0 and 3.0 are known; save it with np.save");
    }
    int width = major == 1 ? 2 : 4;
    byte[] number = Arrays.copyOf(fill(source, in, width), 4);
    int length = ByteBuffer.wrap(number).order(ByteOrder.LITTLE_ENDIAN).getInt();
    if (Integer.compareUnsigned(length, NpyHeader.LONGEST) > 0) {
      throw source.invalid(
          START,
          "declares a header of "
              + Integer.toUnsignedString(length)
              + " bytes at byte "
              + START
              + ", but at most "
              + NpyHeader.LONGEST
              + " are read, far more than a shape and a dtype take; it is damaged, save it again");
    }
    // Versions 1 and 2 say Latin-1 and version 3 UTF-8: what is accepted is ASCII.
    String text = new String(fill(source, in, length), StandardCharsets.ISO_8859_1);
    NpyHeader header = NpyHeaderParser.parse(source, text, START + width);
    requireSize(source, header, size - header.bytes());
    return header;
  }

  private static byte[] fill(ArraySource source, InputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw source.invalid("is cut off within its header, or not a NumPy array; copy it again");
    }
    return bytes;
  }

  private static void requireSize(ArraySource source, NpyHeader header, long rest)
      throws InvalidFileException {
    long needed;
    try {
      needed = header.dataBytes();
    } catch (ArithmeticException e) {
      throw source.invalid(
          "has a shape too large for any file: " + header.shown() + "; it is damaged");
    }
    if (needed != rest) {
      throw source.invalid(
          header.bytes(),
          "needs "
              + needed
              + " bytes for "
              + header.shown()
              + ", but "
              + rest
              + " follow its header; "
              + (rest < needed ? "it is cut off, copy it again" : "save one array alone"));
    }
  }
}
