package org.nin4j.interchange.numpy;

import java.util.List;
import org.nin4j.io.Dtype;
import org.nin4j.io.TensorInfo;

/**
 * What the beginning of an array says of it.
 *
 * @param type of its elements
 * @param fortranOrder whether the first index varies fastest, not the last
 * @param dims the extents, outermost first, each at least 0; empty for a scalar
 * @param bytes the length of all that comes before the elements
 */
record NpyHeader(NpyType type, boolean fortranOrder, List<Long> dims, int bytes) {
  /** The bytes that every array begins with. */
  static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /** The most bytes of the text, as in NumPy itself. */
  static final int LONGEST = 10_000;

  /** The most extents, as in NumPy itself. */
  static final int MOST_DIMS = 64;

  /**
   * The size of all elements.
   *
   * @throws ArithmeticException when it exceeds 64 bits
   */
  long dataBytes() {
    return Math.multiplyExact(elements(), (long) type.bytes());
  }

  /** The number of elements. */
  long elements() {
    return Math.multiplyExact(rows(), rowElements());
  }

  /** The first extent; 1 for a scalar. */
  long rows() {
    return dims.isEmpty() ? 1 : dims.get(0);
  }

  /** The number of elements in a slice of the first axis. */
  long rowElements() {
    return dims.stream().skip(1).mapToLong(Long::longValue).reduce(1, Math::multiplyExact);
  }

  /** The array as a tensor; of text there is none. */
  TensorInfo info(String name) {
    return new TensorInfo(name, type.dtype().orElseThrow(), dims);
  }

  /** {@code F32 2x3}, or {@code text}. */
  String shown() {
    return type.dtype().map(Dtype::toString).orElse("text") + " " + TensorInfo.text(dims);
  }
}
