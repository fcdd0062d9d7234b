package org.nin4j.interchange.numpy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Headers of arrays in row-major order, byte by byte as NumPy writes them, in version 1.0. */
final class NpyHeaderText {
  /** Elements start at a multiple of this, so that they may be mapped into memory. */
  private static final int ALIGNMENT = 64;

  /** Characters for the first extent: NumPy leaves room to let the array grow. */
  private static final int ROOM = 21;

  /** Bytes of the magic, the version and the length. */
  private static final int START = NpyHeader.MAGIC.length + 4;

  private NpyHeaderText() {}

  /**
   * @param descr the dtype, such as {@code <f4}
   * @param dims at most 64 extents
   */
  static byte[] bytes(String descr, List<Long> dims) {
    String shape =
        dims.stream().map(String::valueOf).collect(Collectors.joining(", "))
            + (dims.size() == 1 ? "," : "");
    String dict = "{'descr': '" + descr + "', 'fortran_order': False, 'shape': (" + shape + "), }";
    int room = dims.isEmpty() ? 0 : ROOM - String.valueOf(dims.get(0)).length();
    int written = START + dict.length() + room + 1; // with the line's end
    int padding = room + ALIGNMENT - written % ALIGNMENT;
    String text = dict + " ".repeat(padding) + "\n";
    return ByteBuffer.allocate(START + text.length())
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(NpyHeader.MAGIC)
        .put(new byte[] {1, 0})
        .putShort((short) text.length())
        .put(text.getBytes(StandardCharsets.US_ASCII))
        .array();
  }
}
