package org.nin4j.interchange.onnx;

import java.io.IOException;
import java.util.List;

/** Numbers of the file that do not depend on the image: weights, or the target of a Reshape. */
interface Values {
  /** Names them in messages and, for initializers, in the file. */
  String name();

  /** The extents, outermost first; empty for a scalar. */
  List<Long> dims();

  /** Reads them as 32-bit floats, row-major; the caller may keep the array. */
  float[] floats() throws IOException;

  /**
   * Reads them as integers, row-major; only a few are ever needed.
   *
   * @throws UnsupportedOperationException when they are the weights of a layer, which nothing reads
   *     as integers
   */
  default long[] integers() throws IOException {
    throw new UnsupportedOperationException(name() + " is a layer's");
  }

  /** The number of values. */
  default long count() {
    return dims().stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact);
  }
}
