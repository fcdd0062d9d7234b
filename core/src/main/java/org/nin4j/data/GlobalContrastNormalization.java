package org.nin4j.data;

/**
 * Subtracts from each image its own mean over all pixels and channels, and scales it to a given
 * norm: x' = scale (x - mean(x)) / |x - mean(x)|, where |x| is the square root of the sum of all
 * squares. If |x - mean(x)| / scale is below 1e-8, as for an image of one colour, the image is not
 * scaled.
 *
 * <p>This is how CIFAR images were normalised for Maxout networks (Goodfellow and others, 2013,
 * section 5.2) and, following them, for Network in Network (Lin and others, 2013, section 4.2): by
 * {@code global_contrast_normalize} of pylearn2, with scale 55. There, ZCA whitening came next,
 * which is not part of this step. Whether pixels are from 0 to 1 or from 0 to 255 makes no
 * difference.
 *
 * @param scale the norm of the result, positive; with the square root of channels x height x width,
 *     which is 55.4 for CIFAR's images, the values have standard deviation 1
 */
public record GlobalContrastNormalization(double scale) implements PreprocessingStep {
  private static final double MIN_DIVISOR = 1e-8;

  /**
   * Checks the scale.
   *
   * @param scale the norm of the result, positive
   * @throws IllegalArgumentException if the scale is not positive and finite
   */
  public GlobalContrastNormalization {
    if (!(scale > 0 && Double.isFinite(scale))) {
      throw new IllegalArgumentException(
          "the scale of GlobalContrastNormalization must be positive and finite, but is " + scale);
    }
  }

  /** Creates a step with pylearn2's scale for CIFAR images, 55. */
  public GlobalContrastNormalization() {
    this(55);
  }

  /**
   * Normalises an image in place.
   *
   * @param values all values of the image, from {@code offset} on
   * @param length their number
   */
  void apply(float[] values, int offset, int length) {
    double sum = 0;
    for (int i = offset; i < offset + length; i++) {
      sum += values[i];
    }
    double mean = sum / length;
    double squares = 0;
    for (int i = offset; i < offset + length; i++) {
      squares += (values[i] - mean) * (values[i] - mean);
    }
    double divisor = Math.sqrt(squares) / scale;
    if (divisor < MIN_DIVISOR) {
      divisor = 1;
    }
    for (int i = offset; i < offset + length; i++) {
      values[i] = (float) ((values[i] - mean) / divisor);
    }
  }

  @Override
  public String description() {
    return "normalise the global contrast with scale " + (float) scale;
  }
}
