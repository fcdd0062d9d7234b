package org.nin4j.io;

import org.nin4j.internal.Quoted;

/**
 * What the header says of one tensor, and where it lies.
 *
 * @param begin first byte, counted from the start of the data section
 * @param end the byte after the last
 */
record TensorRange(TensorInfo info, long begin, long end) {

  private long bytes() {
    return end - begin;
  }

  /** What is wrong with the tensor taken alone, or null. */
  String defect() {
    String itself = "tensor " + Quoted.text(info.name());
    if (begin > end) {
      return itself + " has data_offsets that end (" + end + ") before they begin (" + begin + ")";
    }
    long bits;
    try {
      bits = Math.multiplyExact(info.elements(), info.dtype().bits());
    } catch (ArithmeticException e) {
      return itself + " has a shape too large for any file: " + info;
    }
    if (bits % 8 != 0 || bits / 8 != bytes()) {
      String needed = bits % 8 == 0 ? bits / 8 + " bytes" : bits + " bits";
      return itself + " needs " + needed + " for " + info + ", but has data_offsets of " + bytes();
    }
    return null;
  }
}
