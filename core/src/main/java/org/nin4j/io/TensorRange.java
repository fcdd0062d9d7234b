package org.nin4j.io;

import java.util.List;
import org.nin4j.internal.Quoted;

/**
 * What the header says of one tensor.
 *
 * @param begin first byte, counted from the start of the data section
 * @param end the byte after the last
 */
record TensorRange(String name, Dtype dtype, List<Long> dims, long begin, long end) {

  private long bytes() {
    return end - begin;
  }

  TensorInfo info() {
    return new TensorInfo(name, dtype, dims);
  }

  /** Product of the extents. */
  long elements() {
    return dims.stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact);
  }

  /** What is wrong with the tensor taken alone, or null. */
  String defect() {
    String itself = "tensor " + Quoted.text(name);
    if (begin > end) {
      return itself + " has data_offsets that end (" + end + ") before they begin (" + begin + ")";
    }
    long bits;
    try {
      bits = Math.multiplyExact(elements(), dtype.bits());
    } catch (ArithmeticException e) {
      return itself + " has a shape too large for any file: " + this;
    }
    if (bits % 8 != 0 || bits / 8 != bytes()) {
      String needed = bits % 8 == 0 ? bits / 8 + " bytes" : bits + " bits";
      return itself + " needs " + needed + " for " + this + ", but has data_offsets of " + bytes();
    }
    return null;
  }

  /** {@code F32 96x1x11x11}. */
  @Override
  public String toString() {
    return dtype + " " + NamedTensor.text(dims);
  }
}
