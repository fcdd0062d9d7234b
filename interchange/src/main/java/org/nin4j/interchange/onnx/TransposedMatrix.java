package org.nin4j.interchange.onnx;

import java.io.IOException;
import java.util.List;

/**
 * A matrix with rows and columns exchanged.
 *
 * @param matrix (rows, columns), as the file has it
 */
record TransposedMatrix(Values matrix) implements Values {
  /** The matrix itself where it was transposed already. */
  static Values of(Values matrix) {
    return matrix instanceof TransposedMatrix transposed
        ? transposed.matrix
        : new TransposedMatrix(matrix);
  }

  @Override
  public String name() {
    return matrix.name();
  }

  @Override
  public List<Long> dims() {
    return List.of(matrix.dims().get(1), matrix.dims().get(0));
  }

  @Override
  public float[] floats() throws IOException {
    float[] source = matrix.floats();
    float[] target = new float[source.length];
    for (int i = 0; i < source.length; i++) {
      target[transposed(i)] = source[i];
    }
    return target;
  }

  @Override
  public long[] integers() throws IOException {
    long[] source = matrix.integers();
    long[] target = new long[source.length];
    for (int i = 0; i < source.length; i++) {
      target[transposed(i)] = source[i];
    }
    return target;
  }

  /** The index of a value after rows and columns are exchanged. */
  private int transposed(int index) {
    int rows = Math.toIntExact(matrix.dims().get(0));
    int columns = Math.toIntExact(matrix.dims().get(1));
    return index % columns * rows + index / columns;
  }
}
