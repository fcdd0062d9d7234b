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
    int rows = Math.toIntExact(matrix.dims().get(0));
    int columns = Math.toIntExact(matrix.dims().get(1));
    float[] target = new float[source.length];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        target[column * rows + row] = source[row * columns + column];
      }
    }
    return target;
  }

  @Override
  public long[] integers() throws IOException {
    return matrix.integers();
  }
}
