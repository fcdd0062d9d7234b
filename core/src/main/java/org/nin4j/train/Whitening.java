package org.nin4j.train;

/**
 * Initializes the first convolution so that it whitens patches of the images: its filters are the
 * eigenvectors of the patches' second moments, divided by sqrt(eigenvalue + eps), each with both
 * signs (as in Keller Jordan's airbench, 2024, after David Page, 2019). A layer with fewer than
 * twice as many output channels as a patch has values gets those with the largest eigenvalues; the
 * other filters of a layer with more keep their values.
 *
 * @param images number of images whose patches are used, at least 1
 * @param eps what is added to each eigenvalue, above 0
 */
public record Whitening(int images, double eps) implements DataInitializer {
  /**
   * Creates the initializer.
   *
   * @param images number of images whose patches are used, at least 1
   * @param eps what is added to each eigenvalue, above 0
   * @throws IllegalArgumentException when a value is out of its range
   */
  public Whitening {
    DataInitialization.requireImages(images);
    if (!(eps > 0 && eps < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("the eps of whitening must be above 0, but is " + eps);
    }
  }
}
