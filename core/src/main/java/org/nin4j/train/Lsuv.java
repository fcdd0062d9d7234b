package org.nin4j.train;

/**
 * Layer-sequential unit-variance initialization (Mishkin and Matas, 2015): from the first layer to
 * the last, the weights of each Conv2d and Linear are divided by the standard deviation of the
 * layer's outputs, until their variance is 1 within a tolerance, or ten times.
 *
 * @param images number of images, at least 1
 * @param tolerance how far the variance may be from 1, above 0
 */
public record Lsuv(int images, double tolerance) implements DataInitializer {
  /**
   * Creates the initializer.
   *
   * @param images number of images, at least 1
   * @param tolerance how far the variance may be from 1, above 0
   * @throws IllegalArgumentException when a value is out of its range
   */
  public Lsuv {
    DataInitialization.requireImages(images);
    if (!(tolerance > 0 && tolerance < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the tolerance of the variance must be above 0, but is " + tolerance);
    }
  }
}
