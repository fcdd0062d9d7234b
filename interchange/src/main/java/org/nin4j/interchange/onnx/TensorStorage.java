package org.nin4j.interchange.onnx;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import org.nin4j.interchange.internal.FileRange;
import org.nin4j.internal.FileErrors;
import org.nin4j.io.Dtype;
import org.nin4j.io.Floats;

/**
 * Where the values of a tensor lie.
 *
 * @param tensor for messages
 * @param file the file of the model, or another
 * @param type the type of the elements
 * @param raw whether elements are little-endian, whatever their type; otherwise they are as
 *     protobuf packs them
 * @param ranges of the file, in the order of the elements
 */
record TensorStorage(
    OnnxTensor tensor, Path file, ElementType type, boolean raw, List<FileRange> ranges) {
  private static final int LONGEST_VARINT = 10;

  /**
   * Checks the number of bytes.
   *
   * @param count number of elements
   */
  void requireSize(int count) throws IOException {
    long bytes = ranges.stream().mapToLong(FileRange::length).sum();
    if (isFixed()) {
      if (type.dtype() == null || bytes != (long) count * type.dtype().bits() / 8) {
        throw tensor.invalid(
            "is " + tensor.typeAndExtents() + ", but its values have " + bytes + " bytes");
      }
    } else if (bytes < count || bytes > (long) LONGEST_VARINT * count) {
      throw tensor.invalid(
          "is " + tensor.typeAndExtents() + ", but its values are packed in " + bytes + " bytes");
    }
  }

  /** Whether elements have the size of their type. */
  private boolean isFixed() {
    return raw || type.dtype() == Dtype.F32 || type.dtype() == Dtype.F64;
  }

  /** Reads floats, or what is converted to them. */
  float[] floats(int count) throws IOException {
    float[] values = new float[count];
    try (Elements elements = new Elements()) {
      Floats.Input in = isFixed() ? elements::read : elements::unpack;
      Floats.read(in, type.dtype(), ByteOrder.LITTLE_ENDIAN, values, 0, count);
      elements.requireEnd();
    } catch (IOException e) {
      throw FileErrors.reading(file, e);
    }
    return values;
  }

  /** Reads I32 or I64. */
  long[] integers(int count) throws IOException {
    long[] values = new long[count];
    int size = type.dtype().bits() / 8;
    ByteBuffer element = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    try (Elements elements = new Elements()) {
      for (int i = 0; i < count; i++) {
        if (raw) {
          elements.read(element.array(), size);
          values[i] = size == Long.BYTES ? element.getLong(0) : element.getInt(0);
        } else {
          values[i] = elements.varint();
        }
      }
      elements.requireEnd();
    } catch (IOException e) {
      throw FileErrors.reading(file, e);
    }
    return values;
  }

  /** Reads the ranges one after the other. */
  private final class Elements implements AutoCloseable {
    private final InputStream in;
    private int next; // range
    private long position;
    private long left; // of the current range

    Elements() throws IOException {
      in = new BufferedInputStream(FileErrors.open(file));
    }

    void read(byte[] target, int length) throws IOException {
      for (int done = 0; done < length; ) {
        advance();
        int part = (int) Math.min(left, length - done);
        if (in.readNBytes(target, done, part) < part) {
          throw new EOFException("it became shorter");
        }
        consumed(part);
        done += part;
      }
    }

    /** Reads elements of one or two bytes, which protobuf widens to 32 bits. */
    void unpack(byte[] target, int length) throws IOException {
      int size = type.dtype().bits() / 8;
      for (int i = 0; i < length; i += size) {
        long value = varint();
        boolean fits =
            type.dtype() == Dtype.I8
                ? value == (byte) value
                : value >= 0 && value < (1L << (8 * size));
        if (!fits) {
          throw tensor.invalid("is " + type + ", but holds a value " + value);
        }
        for (int b = 0; b < size; b++) {
          target[i + b] = (byte) (value >> (8 * b));
        }
      }
    }

    long varint() throws IOException {
      long value = 0;
      for (int shift = 0; shift < 7 * LONGEST_VARINT; shift += 7) {
        advance();
        int read = in.read();
        if (read < 0) {
          throw new EOFException("it became shorter");
        }
        consumed(1);
        value |= (read & 0x7FL) << shift;
        if (read < 0x80) {
          return value;
        }
      }
      throw tensor.invalid("holds a number of more than 64 bits");
    }

    private void consumed(int bytes) {
      left -= bytes;
      position += bytes;
    }

    private void advance() throws IOException {
      while (left == 0) {
        if (next == ranges.size()) {
          throw tensor.invalid("is " + tensor.typeAndExtents() + ", but holds fewer values");
        }
        FileRange range = ranges.get(next++);
        in.skipNBytes(range.offset() - position);
        position = range.offset();
        left = range.length();
      }
    }

    void requireEnd() throws IOException {
      while (left == 0 && next < ranges.size()) {
        left = ranges.get(next++).length();
      }
      if (left > 0) {
        throw tensor.invalid("is " + tensor.typeAndExtents() + ", but holds more values");
      }
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
