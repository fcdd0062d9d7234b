package org.nin4j.nn;

/**
 * The name, shape and role of one array of numbers that a layer keeps, without the numbers.
 *
 * @param name PyTorch's name, with the path of the layer: {@code 0.2.weight}
 * @param shape the extents of the array, outermost first
 * @param role what the layer does with the numbers
 */
public record Parameter(String name, Shape shape, Role role) {
  /** What a layer does with the numbers of a parameter or a buffer. */
  public enum Role {
    /** What a Conv2d or Linear multiplies its input with: (outputs, inputs, ...). */
    WEIGHT("weight"),
    /** What a Conv2d or Linear adds to each output. */
    BIAS("bias"),
    /** What a BatchNorm2d multiplies each normalised channel with. */
    NORM_SCALE("weight"),
    /** What a BatchNorm2d adds to each normalised channel. */
    NORM_SHIFT("bias"),
    /** The mean of each channel that a BatchNorm2d uses in inference; a buffer. */
    RUNNING_MEAN("running_mean"),
    /** The variance of each channel that a BatchNorm2d uses in inference; a buffer. */
    RUNNING_VARIANCE("running_var");

    /** PyTorch's name within the layer: {@code weight}, {@code running_mean}, ... */
    private final String torchName;

    Role(String torchName) {
      this.torchName = torchName;
    }
  }

  /**
   * Checks that an array can hold the values.
   *
   * @param name PyTorch's name, with the path of the layer: {@code 0.2.weight}
   * @param shape the extents of the array, outermost first
   * @param role what the layer does with the numbers
   * @throws IllegalArgumentException when there are more than 2^31 - 1
   */
  public Parameter {
    requireArray(shape);
  }

  /**
   * @throws IllegalArgumentException when a Java array cannot hold the values
   */
  static void requireArray(Shape shape) {
    if (shape.elements() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "weights of " + shape + " are more than the " + Integer.MAX_VALUE + " an array can hold");
    }
  }

  static Parameter of(Role role, int... dims) {
    return new Parameter(role.torchName, Shape.of(dims), role);
  }

  /** {@return whether an optimizer updates the numbers; otherwise they are a buffer} */
  public boolean trainable() {
    return role != Role.RUNNING_MEAN && role != Role.RUNNING_VARIANCE;
  }

  /** {@return the number of values} */
  public int size() {
    return (int) shape.elements();
  }

  /**
   * {@return the path of the layer that keeps the numbers: {@code 0.2}; empty for a layer on its
   * own}
   */
  public String layer() {
    return name.substring(0, Math.max(0, name.lastIndexOf('.')));
  }

  /**
   * Returns whether the numbers belong to a layer, or to one of the layers of a block.
   *
   * @param path the path of the layer or block, such as {@code 0.2}, or {@code 0} for all of them
   * @return whether they do
   */
  public boolean isIn(String path) {
    return name.startsWith(path + ".");
  }

  Parameter under(String path) {
    return new Parameter(path + "." + name, shape, role);
  }
}
