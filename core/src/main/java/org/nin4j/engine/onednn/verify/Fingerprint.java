package org.nin4j.engine.onednn.verify;

import org.nin4j.nn.Shape;

/** A number of 64 bits for a primitive: equal ones have the same, others practically never. */
public final class Fingerprint {
  private static final long GAMMA = 0x9E3779B97F4A7C15L;

  /** Changes with the numbers that the checks draw or with what they compare. */
  private static final long REVISION = 1;

  private long state = REVISION;

  /** Enters a number. */
  public Fingerprint add(long value) {
    state = mix(state + GAMMA) ^ value;
    return this;
  }

  /** Enters a text, of ASCII. */
  public Fingerprint add(String text) {
    add(text.length());
    for (int i = 0; i < text.length(); i++) {
      add(text.charAt(i));
    }
    return this;
  }

  /** Enters the extents of a tensor. */
  public Fingerprint add(Shape shape) {
    for (int axis = 0; axis < shape.rank(); axis++) {
      add(shape.dim(axis));
    }
    return this;
  }

  /** The number for all that was entered, in its order. */
  public long value() {
    return mix(state + GAMMA);
  }

  /** The output function of SplitMix64, a bijection of 64 bits. */
  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
