package org.nin4j.engine.onednn.verify;

import java.util.Arrays;
import java.util.Locale;
import org.nin4j.nn.Shape;

/** Words for what is wrong. */
final class Mismatch {
  private Mismatch() {}

  /** {@code dst[0, 3, 1, 2] is 12.0 instead of 13.0}. */
  static String at(MemoryArgument argument, int[] index, double actual, double expected) {
    return name(argument) + Arrays.toString(index) + " is " + actual + " instead of " + expected;
  }

  /** A row-major index, written out. */
  static int[] index(int flat, Shape shape) {
    int[] index = new int[shape.rank()];
    for (int i = index.length - 1, rest = flat; i >= 0; i--) {
      index[i] = rest % shape.dim(i);
      rest /= shape.dim(i);
    }
    return index;
  }

  /** {@code diffSrc} for DIFF_SRC. */
  private static String name(MemoryArgument argument) {
    String[] words = argument.name().toLowerCase(Locale.ROOT).split("_", -1);
    StringBuilder name = new StringBuilder(words[0]);
    for (int i = 1; i < words.length; i++) {
      name.append(words[i].substring(0, 1).toUpperCase(Locale.ROOT)).append(words[i].substring(1));
    }
    return name.toString();
  }
}
