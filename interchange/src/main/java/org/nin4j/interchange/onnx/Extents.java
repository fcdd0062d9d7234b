package org.nin4j.interchange.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongBinaryOperator;
import java.util.stream.LongStream;

/**
 * A few integers, such as the extents of a tensor: a scalar, a list or a matrix. Operators on them
 * refuse what is larger or has another form by an IllegalArgumentException with the reason.
 *
 * @param dims at most two, outermost first
 * @param values row-major; {@link #BATCH} stands for the number of images, if that is not fixed
 */
record Extents(List<Integer> dims, List<Long> values) implements GraphValue {
  static final long BATCH = Long.MIN_VALUE;

  /** A tensor has few extents; what is longer is none of them. */
  static final int MOST = 64;

  Extents {
    dims = List.copyOf(dims);
    values = List.copyOf(values);
    if (dims.size() > 2 || values.size() > MOST) {
      throw new IllegalArgumentException("more than " + MOST + " integers or two extents");
    }
  }

  static Extents list(List<Long> values) {
    return new Extents(List.of(values.size()), values);
  }

  /** The elements at some indices. */
  Extents gather(Extents indices) {
    requireList();
    List<Long> found = new ArrayList<>();
    for (long index : indices.values) {
      long i = index < 0 ? index + values.size() : index;
      if (i < 0 || i >= values.size()) {
        throw new IllegalArgumentException("index " + index + " of " + values.size());
      }
      found.add(values.get((int) i));
    }
    return new Extents(indices.dims, found);
  }

  /** This list with others behind it. */
  Extents concat(Extents other) {
    requireList();
    other.requireList();
    List<Long> all = new ArrayList<>(values);
    all.addAll(other.values);
    return list(all);
  }

  /** The same integers under other extents, one of which may be -1. */
  Extents reshape(List<Long> wanted) {
    long known = 1;
    for (long dim : wanted) {
      if (dim < -1 || dim > MOST || dim == 0) {
        throw new IllegalArgumentException("extents " + wanted);
      }
      known *= Math.abs(dim);
    }
    List<Integer> newDims = new ArrayList<>();
    for (long dim : wanted) {
      newDims.add((int) (dim == -1 ? values.size() / known : dim));
    }
    if (newDims.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b)
        != values.size()) {
      throw new IllegalArgumentException(values.size() + " integers as " + wanted);
    }
    return new Extents(newDims, values);
  }

  Extents transpose() {
    if (dims.size() != 2) {
      throw new IllegalArgumentException("no matrix");
    }
    List<Long> transposed = new ArrayList<>();
    for (int column = 0; column < dims.get(1); column++) {
      for (int row = 0; row < dims.get(0); row++) {
        transposed.add(values.get(row * dims.get(1) + column));
      }
    }
    return new Extents(List.of(dims.get(1), dims.get(0)), transposed);
  }

  /** Rows, or elements of a list, from one to another. */
  Extents slice(long start, long end, long step) {
    if (dims.isEmpty() || (step != 1 && step != -1)) {
      throw new IllegalArgumentException("a slice of a number, or with step " + step);
    }
    int rows = dims.get(0);
    int length = dims.size() == 2 ? dims.get(1) : 1;
    long first = start < 0 ? start + rows : start;
    long last = end < 0 ? Math.max(end, -2L * MOST) + rows : end;
    first = Math.max(step > 0 ? 0 : -1, Math.min(first, step > 0 ? rows : rows - 1));
    last = Math.max(step > 0 ? 0 : -1, Math.min(last, rows));
    List<Long> kept = new ArrayList<>();
    int count = 0;
    for (long row = first; step > 0 ? row < last : row > last; row += step) {
      kept.addAll(values.subList((int) row * length, ((int) row + 1) * length));
      count++;
    }
    return new Extents(dims.size() == 2 ? List.of(count, length) : List.of(count), kept);
  }

  /** Computes with one number after another; a scalar or a list of one goes with each. */
  Extents combine(Extents other, LongBinaryOperator operator) {
    Extents longer = values.size() >= other.values.size() ? this : other;
    if (values.contains(BATCH) || other.values.contains(BATCH)) {
      throw new IllegalArgumentException("arithmetic with the number of images");
    }
    if (Math.min(values.size(), other.values.size()) != 1 && !dims.equals(other.dims)) {
      throw new IllegalArgumentException("lists of different lengths");
    }
    return new Extents(
        longer.dims,
        LongStream.range(0, longer.values.size())
            .map(i -> operator.applyAsLong(at(i), other.at(i)))
            .boxed()
            .toList());
  }

  private long at(long i) {
    return values.get(values.size() == 1 ? 0 : (int) i);
  }

  private void requireList() {
    if (dims.size() != 1) {
      throw new IllegalArgumentException("no list");
    }
  }
}
