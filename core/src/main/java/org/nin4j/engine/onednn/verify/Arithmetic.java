package org.nin4j.engine.onednn.verify;

/**
 * In which numbers the forward pass of a convolution computes.
 *
 * @param integers whether src and weights are integers of 8 bits, with scales
 * @param signed whether src can be negative
 * @param toIntegers whether dst holds integers of 8 bits too
 */
public record Arithmetic(boolean integers, boolean signed, boolean toIntegers) {
  /** fp32 or bf16. */
  public static final Arithmetic FLOATS = new Arithmetic(false, true, false);

  /** Odd, so that low bits take part; twice it is within 7 bits. */
  float srcUnit() {
    return integers ? 37 : 1;
  }

  float weightsUnit() {
    return integers ? 63 : 1;
  }

  /** Of the products. */
  float unit() {
    return srcUnit() * weightsUnit();
  }

  float dstUnit() {
    return toIntegers ? 1 : unit();
  }

  /** The scale of an output channel's weights; powers of two. */
  int scale(int channel) {
    return integers && !toIntegers ? 1 + channel % 2 : 1;
  }

  void identify(Fingerprint fingerprint) {
    fingerprint.add(integers ? 1 : 0).add(signed ? 1 : 0).add(toIntegers ? 1 : 0);
  }
}
