package org.nin4j.nn;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The extents of a tensor, outermost first: (N, C, H, W) for images and feature maps, (N, C) for
 * logits. Immutable; every extent is at least 1.
 */
public final class Shape {
  private final int[] dims;
  private final long elements;

  private Shape(int[] dims) {
    for (int dim : dims) {
      if (dim < 1) {
        throw new IllegalArgumentException(
            "every extent of a shape must be at least 1, but got " + join(dims, "x"));
      }
    }
    this.dims = dims;
    this.elements = product(dims);
  }

  /**
   * Returns a shape of the given extents.
   *
   * @param dims outermost first, each at least 1
   * @return the shape
   * @throws IllegalArgumentException when an extent is below 1, or there are more elements than 64
   *     bits can count
   */
  public static Shape of(int... dims) {
    return new Shape(dims.clone());
  }

  /**
   * Reads the form that {@link #toString} writes.
   *
   * @param text the extents, such as {@code 1x1x224x224}; commas may stand for the x
   * @return the shape
   * @throws IllegalArgumentException when it is something else, or an extent is below 1
   */
  public static Shape parse(String text) {
    try {
      return new Shape(
          Arrays.stream(text.strip().split("[xX,]", -1)).mapToInt(Integer::parseInt).toArray());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a shape; write it as 1x1x224x224 (batch, channels, height, width)",
          e);
    }
  }

  /** {@return the number of axes: 4 for (N, C, H, W), 2 for (N, C)} */
  public int rank() {
    return dims.length;
  }

  /**
   * Returns the extent of one axis.
   *
   * @param axis the axis, from 0, the outermost, to below {@link #rank}
   * @return the extent, at least 1
   */
  public int dim(int axis) {
    return dims[axis];
  }

  /** {@return N, the batch size} */
  public int batch() {
    return dims[0];
  }

  /** {@return C, the channels, or the features of a two-dimensional shape} */
  public int channels() {
    return dims[1];
  }

  /** {@return H, in rows} */
  public int height() {
    return dims[2];
  }

  /** {@return W, in columns} */
  public int width() {
    return dims[3];
  }

  /** {@return the number of elements: the product of all extents} */
  public long elements() {
    return elements;
  }

  private static long product(int[] dims) {
    long product = 1;
    try {
      for (int dim : dims) {
        product = Math.multiplyExact(product, dim);
      }
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "a shape of " + join(dims, "x") + " has too many elements to count", e);
    }
    return product;
  }

  /**
   * Returns this shape with another batch size.
   *
   * @param n the batch size, at least 1
   * @return a shape that differs in its outermost extent only
   */
  public Shape withBatch(int n) {
    int[] changed = dims.clone();
    changed[0] = n;
    return new Shape(changed);
  }

  /** {@return the extents, outermost first} */
  public List<Integer> dims() {
    return Arrays.stream(dims).boxed().collect(Collectors.toUnmodifiableList());
  }

  /** {@return the shape as PyTorch prints it: {@code torch.Size([1, 96, 54, 54])}} */
  public String toTorchString() {
    return "torch.Size([" + join(dims, ", ") + "])";
  }

  private static String join(int[] dims, String separator) {
    return Arrays.stream(dims).mapToObj(Integer::toString).collect(Collectors.joining(separator));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && Arrays.equals(dims, shape.dims);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dims);
  }

  /** {@return the extents in the form {@code 1x96x54x54}} */
  @Override
  public String toString() {
    return join(dims, "x");
  }
}
