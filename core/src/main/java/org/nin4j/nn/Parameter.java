package org.nin4j.nn;

/**
 * The name and shape of one array of numbers that a layer keeps, not the numbers.
 *
 * @param name PyTorch's, with the path of the layer: {@code 0.2.weight}
 * @param trainable true for what an optimizer updates; false for a buffer, such as BatchNorm's
 *     running mean
 */
public record Parameter(String name, Shape shape, boolean trainable) {
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

  static Parameter trained(String name, int... dims) {
    return new Parameter(name, Shape.of(dims), true);
  }

  static Parameter buffer(String name, int... dims) {
    return new Parameter(name, Shape.of(dims), false);
  }

  /** Number of values. */
  public int size() {
    return (int) shape.elements();
  }

  Parameter under(String path) {
    return new Parameter(path + "." + name, shape, trainable);
  }
}
