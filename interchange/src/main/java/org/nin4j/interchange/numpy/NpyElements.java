package org.nin4j.interchange.numpy;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.nin4j.error.InvalidFileException;
import org.nin4j.io.Dtype;
import org.nin4j.io.Floats;

/** The elements of an array in a stream, as floats. */
final class NpyElements {
  private final ArraySource source;
  private final NpyHeader header;
  private final InputStream in;
  private final Dtype dtype;

  /**
   * @param in at the first element
   * @throws InvalidFileException when the elements do not read as floats
   */
  NpyElements(ArraySource source, NpyHeader header, InputStream in) throws InvalidFileException {
    this.source = source;
    this.header = header;
    this.in = in;
    dtype = header.type().dtype().filter(Dtype::readsAsFloat).orElse(null);
    if (dtype == null) {
      throw source.invalid(
          "is "
              + header.shown()
              + "; only F32 can be used here (and F16, F64, I8 and U8, which are converted), save it"
              + " as np.save(file, array.astype(np.float32))");
    }
  }

  /** Reads all elements into a new array, in row-major order. */
  float[] all() throws IOException {
    long count = header.elements();
    if (count > Floats.MOST) {
      throw source.invalid(
          "is " + header.shown() + ", which is more than an array can hold; split it");
    }
    float[] values = new float[(int) count];
    if (inOrder(header)) {
      next(values, 0, values.length);
    } else if (count > 0) {
      fortranRows(0, (int) header.rows(), values);
    }
    return values;
  }

  /** Whether the elements come in row-major order. */
  static boolean inOrder(NpyHeader header) {
    return !header.fortranOrder() || header.dims().size() < 2;
  }

  /** Reads the next elements as they come. */
  void next(float[] target, int from, int count) throws IOException {
    Floats.read(this::fill, dtype, header.type().order(), target, from, count);
  }

  /**
   * Reads slices of the first axis where the first index varies fastest. The elements of one
   * position in all slices come in a run; of each run, those of the wanted slices are read.
   *
   * @param first index of the first slice
   * @param rows how many, at least 1
   * @param target receives the slices in row-major order
   */
  void fortranRows(long first, int rows, float[] target) throws IOException {
    long size = header.type().bytes();
    int inner = (int) header.rowElements();
    int[] extents = header.dims().stream().skip(1).mapToInt(Long::intValue).toArray();
    int[] index = new int[extents.length];
    float[] run = new float[rows];
    skip(first * size);
    for (int i = 0; i < inner; i++) {
      if (i > 0) {
        skip((header.rows() - rows) * size);
      }
      next(run, 0, rows);
      int position = position(index, extents);
      for (int row = 0; row < rows; row++) {
        target[row * inner + position] = run[row];
      }
      advance(index, extents);
    }
  }

  /** The row-major position of an index. */
  private static int position(int[] index, int[] extents) {
    int position = 0;
    for (int axis = 0; axis < index.length; axis++) {
      position = position * extents[axis] + index[axis];
    }
    return position;
  }

  /** Goes to the next index, of which the first number varies fastest. */
  private static void advance(int[] index, int[] extents) {
    for (int axis = 0; axis < index.length; axis++) {
      index[axis]++;
      if (index[axis] < extents[axis]) {
        return;
      }
      index[axis] = 0;
    }
  }

  private void skip(long bytes) throws IOException {
    try {
      in.skipNBytes(bytes);
    } catch (EOFException e) {
      throw shorter();
    }
  }

  private void fill(byte[] target, int length) throws IOException {
    if (in.readNBytes(target, 0, length) < length) {
      throw shorter();
    }
  }

  private InvalidFileException shorter() {
    return source.invalid("became shorter while it was read; try again");
  }
}
