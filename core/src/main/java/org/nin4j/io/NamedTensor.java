package org.nin4j.io;

import java.util.List;
import java.util.Objects;
import org.nin4j.nn.Shape;

/**
 * One tensor of a safetensors file: a name, extents and numbers in row-major order, held as 32-bit
 * floats. Extents may be 0 (no values); without extents it is a scalar (one value).
 */
public final class NamedTensor {
  private final String name;
  private final Dtype dtype;
  private final List<Long> dims;
  private final float[] values;

  /**
   * Creates a tensor of 32-bit floats.
   *
   * @param name any text
   * @param dims the extents, outermost first, each at least 0; empty for a scalar
   * @param values the values in row-major order; not copied
   * @throws IllegalArgumentException when the number of values is not the product of the extents
   */
  public NamedTensor(String name, List<Long> dims, float[] values) {
    this(name, Dtype.F32, dims, values);
  }

  NamedTensor(String name, Dtype dtype, List<Long> dims, float[] values) {
    this.name = Objects.requireNonNull(name);
    this.dtype = dtype;
    this.dims = List.copyOf(dims);
    this.values = values;
    long product = 1;
    for (long dim : dims) {
      if (dim < 0) {
        throw new IllegalArgumentException("tensor '" + name + "' has a negative extent " + dim);
      }
      product = Math.multiplyExact(product, dim);
    }
    if (product != values.length) {
      throw new IllegalArgumentException(
          "tensor '"
              + name
              + "' of shape "
              + text(dims)
              + " needs "
              + product
              + " values, but got "
              + values.length);
    }
  }

  /**
   * Creates a tensor of 32-bit floats.
   *
   * @param name any text
   * @param shape its extents
   * @param values the values in row-major order; not copied
   * @return the tensor
   * @throws IllegalArgumentException when the number of values is not that of the shape
   */
  public static NamedTensor of(String name, Shape shape, float[] values) {
    return new NamedTensor(name, extents(shape), values);
  }

  /** {@return the tensor's name in the file, such as {@code 0.0.weight}} */
  public String name() {
    return name;
  }

  /** {@return the type of its elements in files: I8 or U8 for integers, else F32} */
  public Dtype dtype() {
    return dtype;
  }

  /** {@return the extents, outermost first; empty for a scalar} */
  public List<Long> dims() {
    return dims;
  }

  /** {@return the values in row-major order; not a copy} */
  public float[] values() {
    return values;
  }

  TensorInfo info() {
    return new TensorInfo(name, dtype, dims);
  }

  /** Whether its extents are those of {@code shape}. */
  boolean hasShape(Shape shape) {
    return info().hasShape(shape);
  }

  private static List<Long> extents(Shape shape) {
    return shape.dims().stream().map(Integer::longValue).toList();
  }

  /** {@code 96x1x11x11}, or {@code scalar}. */
  static String text(List<Long> dims) {
    return dims.isEmpty()
        ? "scalar"
        : String.join("x", dims.stream().map(String::valueOf).toList());
  }

  /** {@code 0.0.weight F32 96x1x11x11}. */
  @Override
  public String toString() {
    return name + " " + dtype + " " + text(dims);
  }
}
