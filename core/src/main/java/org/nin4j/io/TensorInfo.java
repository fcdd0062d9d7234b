package org.nin4j.io;

import java.util.List;
import java.util.stream.Collectors;
import org.nin4j.nn.Shape;

/**
 * What a file says of one tensor, without its values.
 *
 * @param name any text
 * @param dtype the type of its elements
 * @param dims the extents, outermost first, each at least 0; empty for a scalar
 */
public record TensorInfo(String name, Dtype dtype, List<Long> dims) {

  /**
   * Copies the extents.
   *
   * @param name any text
   * @param dtype the type of its elements
   * @param dims the extents, outermost first; empty for a scalar
   * @throws IllegalArgumentException when an extent is negative
   */
  public TensorInfo {
    dims = List.copyOf(dims);
    for (long dim : dims) {
      if (dim < 0) {
        throw new IllegalArgumentException(
            "tensor '" + name + "' has a negative extent " + dim + " in " + dims);
      }
    }
  }

  /**
   * {@return the number of its elements, the product of the extents}
   *
   * @throws ArithmeticException when it exceeds 64 bits
   */
  public long elements() {
    return dims.stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact);
  }

  /**
   * {@return the number of bytes that its elements take; the last one may be partly used}
   *
   * @throws ArithmeticException when their bits exceed 64 bits
   */
  public long bytes() {
    return Math.addExact(Math.multiplyExact(elements(), (long) dtype.bits()), 7) / 8;
  }

  /** Whether its extents are those of {@code shape}. */
  boolean hasShape(Shape shape) {
    return dims.equals(shape.dims().stream().map(Integer::longValue).toList());
  }

  /**
   * Returns extents as in messages.
   *
   * @param dims the extents, outermost first
   * @return {@code 96x1x11x11}; {@code scalar} where there are none
   */
  public static String text(List<Long> dims) {
    return dims.isEmpty()
        ? "scalar"
        : dims.stream().map(String::valueOf).collect(Collectors.joining("x"));
  }

  /** {@code F32 96x1x11x11}. */
  @Override
  public String toString() {
    return dtype + " " + text(dims);
  }
}
