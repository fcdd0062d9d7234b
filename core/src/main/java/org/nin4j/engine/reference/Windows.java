package org.nin4j.engine.reference;

/**
 * Where the windows of a pooling layer lie along one axis of its input: window i covers the input
 * positions {@code from(i)} to {@code to(i) - 1}, padding left out, and counts as {@code
 * counted(i)} positions in a mean.
 */
final class Windows {
  private final int[] from;
  private final int[] to;
  private final int[] counted;

  private Windows(int number) {
    from = new int[number];
    to = new int[number];
    counted = new int[number];
  }

  /**
   * Window i starts at i * stride - padding. It ends with the kernel or, in ceil mode, with the
   * padding at the far side.
   *
   * @param in extent of the input
   * @param out number of windows
   * @param countPadding whether padding counts in a mean
   */
  static Windows sliding(
      int in, int out, int kernel, int stride, int padding, boolean countPadding) {
    Windows windows = new Windows(out);
    for (int i = 0; i < out; i++) {
      int start = i * stride - padding;
      int end = Math.min(start + kernel, in + padding);
      windows.from[i] = Math.max(start, 0);
      windows.to[i] = Math.min(end, in);
      windows.counted[i] = countPadding ? end - start : windows.to[i] - windows.from[i];
    }
    return windows;
  }

  /** Window i covers floor(i in / out) to ceil((i + 1) in / out) - 1. */
  static Windows adaptive(int in, int out) {
    Windows windows = new Windows(out);
    for (int i = 0; i < out; i++) {
      windows.from[i] = Math.toIntExact((long) i * in / out);
      windows.to[i] = Math.toIntExact(((i + 1L) * in + out - 1) / out);
      windows.counted[i] = windows.to[i] - windows.from[i];
    }
    return windows;
  }

  int number() {
    return from.length;
  }

  int from(int i) {
    return from[i];
  }

  int to(int i) {
    return to[i];
  }

  int counted(int i) {
    return counted[i];
  }
}
