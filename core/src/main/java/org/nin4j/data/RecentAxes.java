package org.nin4j.data;

import java.util.ArrayList;
import java.util.List;

/**
 * A small cache of the most recently used axes, all with the same number of output pixels.
 * Allocates nothing for an axis that is in it. Belongs to one thread at a time.
 */
final class RecentAxes<T extends Axis> {
  static final int CAPACITY = 8;

  /** Creates axes of one kind. */
  @FunctionalInterface
  interface Kind<T extends Axis> {
    T create(int in, long out, long first, int count);
  }

  private final Kind<T> kind;
  private final int count;

  /** Most recently used first. */
  private final List<T> axes = new ArrayList<>(CAPACITY + 1);

  RecentAxes(Kind<T> kind, int count) {
    this.kind = kind;
    this.count = count;
  }

  /**
   * Returns the axis that resizes {@code in} pixels to {@code out}, from output pixel {@code first}
   * on.
   */
  T axis(int in, long out, long first) {
    if (!axes.isEmpty() && axes.get(0).matches(in, out, first)) {
      return axes.get(0);
    }
    int at = 0;
    while (at < axes.size() && !axes.get(at).matches(in, out, first)) {
      at++;
    }
    T axis = at < axes.size() ? axes.remove(at) : kind.create(in, out, first, count);
    axes.add(0, axis);
    if (axes.size() > CAPACITY) {
      axes.remove(CAPACITY);
    }
    return axis;
  }
}
