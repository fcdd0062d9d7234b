package org.nin4j.interchange.numpy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Arrays byte by byte, as the specification of the format says. */
final class NpyBytes {
  private NpyBytes() {}

  /**
   * An array.
   *
   * @param version 1 to 3
   * @param header the dict
   */
  static byte[] of(int version, String header, byte[] data) {
    byte[] text = (header + "\n").getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + (version == 1 ? 2 : 4) + text.length + data.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put((byte) 0x93)
            .put("NUMPY".getBytes(StandardCharsets.US_ASCII))
            .put((byte) version)
            .put((byte) 0);
    if (version == 1) {
      bytes.putShort((short) text.length);
    } else {
      bytes.putInt(text.length);
    }
    return bytes.put(text).put(data).array();
  }

  /** An array in row-major order, of version 1. */
  static byte[] of(String descr, String shape, byte[] data) {
    return of(1, dict(descr, false, shape), data);
  }

  static String dict(String descr, boolean fortranOrder, String shape) {
    return "{'descr': '"
        + descr
        + "', 'fortran_order': "
        + (fortranOrder ? "True" : "False")
        + ", 'shape': "
        + shape
        + ", }";
  }

  /** Elements. */
  static byte[] data(int length, ByteOrder order, Consumer<ByteBuffer> values) {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(order);
    values.accept(bytes);
    return bytes.array();
  }

  /** Little-endian floats. */
  static byte[] floats(float... values) {
    return data(
        4 * values.length, ByteOrder.LITTLE_ENDIAN, bytes -> bytes.asFloatBuffer().put(values));
  }
}
