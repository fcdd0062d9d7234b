package org.nin4j.io;

import java.util.List;
import org.nin4j.nn.Shape;

/**
 * One tensor of a safetensors file: a name, extents and numbers in row-major order, held as 32-bit
 * floats. Extents may be 0 (no values); without extents it is a scalar (one value).
 */
public final class NamedTensor {
  private final TensorInfo info;
  private final float[] values;

  /**
   * Creates a tensor of 32-bit floats.
   *
   * @param name any text
   * @param dims the extents, outermost first, each at least 0; empty for a scalar
   * @param values the values in row-major order; not copied
   * @throws IllegalArgumentException when an extent is negative, or the number of values is not the
   *     product of the extents
   */
  public NamedTensor(String name, List<Long> dims, float[] values) {
    this(name, Dtype.F32, dims, values);
  }

  NamedTensor(String name, Dtype dtype, List<Long> dims, float[] values) {
    this(new TensorInfo(name, dtype, dims), values);
  }

  NamedTensor(TensorInfo info, float[] values) {
    this.info = info;
    this.values = values;
    if (info.elements() != values.length) {
      throw new IllegalArgumentException(
          "tensor '"
              + name()
              + "' of shape "
              + TensorInfo.text(dims())
              + " needs "
              + info.elements()
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
    return info.name();
  }

  /** {@return the type of its elements in files: I8 or U8 for integers, else F32} */
  public Dtype dtype() {
    return info.dtype();
  }

  /** {@return the extents, outermost first; empty for a scalar} */
  public List<Long> dims() {
    return info.dims();
  }

  /** {@return the values in row-major order; not a copy} */
  public float[] values() {
    return values;
  }

  TensorInfo info() {
    return info;
  }

  /** Whether its extents are those of {@code shape}. */
  boolean hasShape(Shape shape) {
    return info.hasShape(shape);
  }

  private static List<Long> extents(Shape shape) {
    return shape.dims().stream().map(Integer::longValue).toList();
  }

  /** {@code 0.0.weight F32 96x1x11x11}. */
  @Override
  public String toString() {
    return name() + " " + info;
  }
}
