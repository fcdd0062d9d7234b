package org.nin4j.engine;

import java.util.Arrays;

/** Compares weights bit by bit. */
public final class WeightsBits {
  private WeightsBits() {}

  /** Whether names, shapes and all bits of the values are the same. */
  public static boolean sameBits(Weights a, Weights b) {
    if (!a.parameters().equals(b.parameters())) {
      return false;
    }
    for (int i = 0; i < a.count(); i++) {
      if (Arrays.compare(a.values(i), b.values(i)) != 0) {
        return false;
      }
    }
    return true;
  }
}
