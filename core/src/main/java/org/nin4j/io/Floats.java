package org.nin4j.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads tensor elements of several types as 32-bit floats, and writes floats, piece by piece: no
 * second copy of a tensor is made.
 */
public final class Floats {
  /** The longest array that all Java virtual machines can make. */
  public static final int MOST = Integer.MAX_VALUE - 8;

  /** A multiple of every element's size. */
  private static final int CHUNK = 1 << 16;

  private Floats() {}

  /** Where bytes come from, one piece after the other. */
  @FunctionalInterface
  public interface Input {
    /**
     * Reads the next bytes.
     *
     * @param target receives them, from index 0
     * @param length how many, at most the target's length
     * @throws IOException when they cannot be read, or there are not as many
     */
    void read(byte[] target, int length) throws IOException;
  }

  /**
   * Where bytes go, one piece after the other.
   *
   * @param <E> what it throws
   */
  @FunctionalInterface
  public interface Output<E extends Exception> {
    /**
     * Writes the next bytes.
     *
     * @param bytes holds them
     * @param from index of the first
     * @param length how many
     * @throws E when they cannot be written
     */
    void write(byte[] bytes, int from, int length) throws E;
  }

  /**
   * Reads elements.
   *
   * @param in the elements
   * @param dtype their type, which {@link Dtype#readsAsFloat reads as floats}
   * @param order the order of an element's bytes
   * @param target receives the values; 64-bit floats lose digits
   * @param from index of the first value in the target
   * @param count number of elements
   * @throws IllegalArgumentException when the elements do not read as floats
   * @throws IOException when the input fails
   */
  public static void read(
      Input in, Dtype dtype, ByteOrder order, float[] target, int from, int count)
      throws IOException {
    int size = dtype.bits() / 8;
    byte[] chunk = new byte[(int) Math.min(CHUNK, (long) count * size)];
    ByteBuffer buffer = ByteBuffer.wrap(chunk).order(order);
    for (int done = 0; done < count; done += CHUNK / size) {
      int some = Math.min(CHUNK / size, count - done);
      in.read(chunk, some * size);
      decode(dtype, buffer, target, from + done, some);
    }
  }

  /**
   * Writes values with the lowest byte first.
   *
   * @param <E> what the output throws
   * @param out receives the elements
   * @param dtype F32, or I8 or U8 for integers in their range
   * @param source the values
   * @param from index of the first value
   * @param count number of values
   * @throws E when the output fails
   */
  public static <E extends Exception> void write(
      Output<E> out, Dtype dtype, float[] source, int from, int count) throws E {
    int size = dtype.bits() / 8;
    byte[] chunk = new byte[(int) Math.min(CHUNK, (long) count * size)];
    ByteBuffer buffer = ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN);
    for (int done = 0; done < count; done += CHUNK / size) {
      int some = Math.min(CHUNK / size, count - done);
      encode(dtype, source, from + done, some, buffer);
      out.write(chunk, 0, some * size);
    }
  }

  /** Decodes elements from byte 0, in the buffer's byte order. */
  static void decode(Dtype dtype, ByteBuffer bytes, float[] target, int from, int count) {
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

  /** Encodes floats, as F32, or integers that lie in the range of I8 or U8. */
  private static void encode(Dtype dtype, float[] source, int from, int count, ByteBuffer bytes) {
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
