package org.nin4j.train;

/**
 * A change to the initial weights that depends on training images. A recipe has a list of them,
 * which are applied one after another, after its {@link Initializer}. They see the first images of
 * an epoch that is never trained on, preprocessed but not augmented, and compute in fp32 on one
 * thread.
 */
public sealed interface DataInitializer permits Lsuv, Whitening {
  /**
   * Returns the number of images that are used.
   *
   * @return number of images, at least 1; all if the data set has fewer
   */
  int images();
}
