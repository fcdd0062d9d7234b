package org.nin4j.data;

/**
 * The axes used last, all resized to the same length: a small cache, least recently used out first.
 * Allocates nothing for a length that it has. Belongs to one thread at a time.
 */
final class RecentAxes {
  static final int CAPACITY = 8;

  private final int out;

  /** Most recently used first; null where there is none yet. */
  private final ResizeAxis[] axes = new ResizeAxis[CAPACITY];

  RecentAxes(int out) {
    this.out = out;
  }

  /** Returns the axis that resizes from this length. */
  ResizeAxis from(int in) {
    int at = 0;
    while (at < CAPACITY - 1 && axes[at] != null && axes[at].in != in) {
      at++;
    }
    ResizeAxis axis = axes[at];
    if (axis == null || axis.in != in) {
      axis = new ResizeAxis(in, out);
    }
    System.arraycopy(axes, 0, axes, 1, at);
    axes[0] = axis;
    return axis;
  }
}
