package org.nin4j.io;

import java.nio.ByteBuffer;

/** Converts the bytes of tensor elements to 32-bit floats, and floats to bytes. */
public final class Floats {
  private Floats() {}

  /**
   * Decodes elements.
   *
   * @param dtype the type of the elements, which {@link Dtype#readsAsFloat reads as floats}
   * @param bytes the elements from byte 0, in the buffer's byte order
   * @param target receives the values
   * @param from index of the first value in the target
   * @param count number of elements
   * @throws IllegalArgumentException when the elements do not read as floats
   */
  public static void decode(Dtype dtype, ByteBuffer bytes, float[] target, int from, int count) {
    switch (dtype) {
      case F32 -> bytes.asFloatBuffer().get(target, from, count);
      case F64 -> {
        for (int i = 0; i < count; i++) {
          target[from + i] = (float) bytes.getDouble(8 * i);
        }
      }
      case BF16 -> {
        for (int i = 0; i < count; i++) {
          target[from + i] = Float.intBitsToFloat(bytes.getShort(2 * i) << 16);
        }
      }
      case F16 -> {
        for (int i = 0; i < count; i++) {
          target[from + i] = ofHalf(bytes.getShort(2 * i));
        }
      }
      case I8 -> {
        for (int i = 0; i < count; i++) {
          target[from + i] = bytes.get(i);
        }
      }
      case U8 -> {
        for (int i = 0; i < count; i++) {
          target[from + i] = bytes.get(i) & 0xFF;
        }
      }
      default -> throw new IllegalArgumentException(dtype + " cannot be read as floats");
    }
  }

  /**
   * Encodes floats, as F32, or integers that lie in the range of I8 or U8.
   *
   * @param dtype F32, I8 or U8
   * @param source the values
   * @param from index of the first value
   * @param count number of values
   * @param bytes receives the elements from byte 0, in the buffer's byte order
   */
  public static void encode(Dtype dtype, float[] source, int from, int count, ByteBuffer bytes) {
    if (dtype == Dtype.F32) {
      bytes.asFloatBuffer().put(source, from, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      bytes.put(i, (byte) (int) source[from + i]);
    }
  }

  /** IEEE 754 binary16: 1 bit sign, 5 bits exponent with bias 15, 10 bits fraction. */
  private static float ofHalf(short bits) {
    int exponent = (bits >> 10) & 0x1f;
    int fraction = bits & 0x3ff;
    float magnitude =
        switch (exponent) {
          case 0 -> fraction * 0x1p-24f;
          case 31 -> Float.intBitsToFloat(0x7f800000 | fraction << 13);
          default -> Float.intBitsToFloat((exponent + 127 - 15) << 23 | fraction << 13);
        };
    return bits < 0 ? -magnitude : magnitude;
  }
}
