package org.nin4j.evaluate;

/**
 * How well a model recognises one class. A fraction of nothing is NaN.
 *
 * @param name the name of the class
 * @param images how many images belong to the class, also called its support
 * @param predicted how many images were taken for this class, rightly or wrongly
 * @param correct how many images of the class were taken for it
 */
public record ClassFigures(String name, int images, int predicted, int correct) {
  /**
   * Checks the counts.
   *
   * @param name the name of the class
   * @param images how many images belong to the class, also called its support
   * @param predicted how many images were taken for this class, rightly or wrongly
   * @param correct how many images of the class were taken for it
   * @throws IllegalArgumentException when {@code correct} is negative or exceeds another count
   */
  public ClassFigures {
    if (correct < 0 || correct > images || correct > predicted) {
      throw new IllegalArgumentException(
          "of "
              + images
              + " images and "
              + predicted
              + " predictions of "
              + name
              + ", "
              + correct
              + " cannot be correct");
    }
  }

  /**
   * Returns how many of the images that were taken for this class belong to it.
   *
   * @return correct / predicted, 0 to 1; NaN when no image was taken for the class
   */
  public double precision() {
    return (double) correct / predicted;
  }

  /**
   * Returns how many of the images of this class were taken for it.
   *
   * @return correct / images, 0 to 1; NaN when there are no images of the class
   */
  public double recall() {
    return (double) correct / images;
  }

  /**
   * Returns the harmonic mean of precision and recall.
   *
   * @return 2 correct / (images + predicted), 0 to 1; NaN when there are no images of the class and
   *     none was taken for it
   */
  public double f1() {
    return 2.0 * correct / ((double) images + predicted);
  }
}
