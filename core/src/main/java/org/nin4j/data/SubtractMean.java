package org.nin4j.data;

import java.util.Arrays;

/**
 * Subtracts a mean image: from each value its own mean, one for each pixel and channel. Caffe's
 * networks are trained so, with the mean of all training images.
 *
 * <p>A record would expose its array; two of these steps are equal when all their means are.
 */
public final class SubtractMean implements PreprocessingStep {
  /** Means of 500 x 500 pixels in three channels: as many as a model file's JSON has room for. */
  private static final int MOST_VALUES = 3 * 500 * 500;

  private final int channels;
  private final int height;
  private final int width;

  /** (C, H, W). */
  private final float[] means;

  /**
   * Checks and copies the means.
   *
   * @param channels number of channels of the network's input: 1 (grey) or 3 (red, green, blue)
   * @param height rows of the network's input, after cropping, at least 1
   * @param width columns of the network's input, after cropping, at least 1
   * @param means the mean to subtract, in the order (C, H, W), in units of the values before, which
   *     are from 0 to 1 if no other step has changed them
   * @throws IllegalArgumentException if there are not as many means as that, more than 750,000, or
   *     one is not finite
   */
  public SubtractMean(int channels, int height, int width, float[] means) {
    PixelLayout.requireChannels(channels);
    ImageSize.requirePositive("SubtractMean", height, width);
    int values = values(channels, height, width);
    if (means.length != values) {
      throw new IllegalArgumentException(
          String.format(
              "SubtractMean of %dx%dx%d needs %d means, but has %d",
              channels, height, width, values, means.length));
    }
    for (float mean : means) {
      if (!Float.isFinite(mean)) {
        throw new IllegalArgumentException(
            "the means of SubtractMean must be finite, but one is " + mean);
      }
    }
    this.channels = channels;
    this.height = height;
    this.width = width;
    this.means = means.clone();
  }

  private static int values(int channels, int height, int width) {
    long values = (long) channels * height * width;
    if (values > MOST_VALUES) {
      throw new IllegalArgumentException(
          String.format(
              "SubtractMean of %dx%dx%d has %d means, but may have %d at most",
              channels, height, width, values, MOST_VALUES));
    }
    return (int) values;
  }

  /** {@return the number of channels, 1 (grey) or 3 (red, green, blue)} */
  public int channels() {
    return channels;
  }

  /** {@return the number of rows, those of the network's input} */
  public int height() {
    return height;
  }

  /** {@return the number of columns, those of the network's input} */
  public int width() {
    return width;
  }

  /** {@return a copy of the means in the order (C, H, W)} */
  public float[] means() {
    return means.clone();
  }

  /** Returns the mean of a channel over all pixels. */
  float mean(int channel) {
    double sum = 0;
    int area = height * width;
    for (int i = channel * area; i < (channel + 1) * area; i++) {
      sum += means[i];
    }
    return (float) (sum / area);
  }

  /**
   * Subtracts from an image in place.
   *
   * @param values the image, floats in the order (C, H, W), from {@code offset} on
   */
  void apply(float[] values, int offset) {
    for (int i = 0; i < means.length; i++) {
      values[offset + i] -= means[i];
    }
  }

  /**
   * Returns this step for an input of another size: the mean image is resized bilinearly, as {@link
   * Resize} does it without antialiasing.
   *
   * @throws IllegalArgumentException if that has more means than this step may have
   */
  SubtractMean resized(int newHeight, int newWidth) {
    float[] resized = new float[values(channels, newHeight, newWidth)];
    ResizeAxis rows = new ResizeAxis(height, newHeight, 0, newHeight);
    ResizeAxis columns = new ResizeAxis(width, newWidth, 0, newWidth);
    int i = 0;
    for (int c = 0; c < channels; c++) {
      for (int y = 0; y < newHeight; y++) {
        int upper = (c * height + rows.low[y]) * width;
        int lower = (c * height + rows.high[y]) * width;
        for (int x = 0; x < newWidth; x++) {
          float above = between(upper, columns, x);
          resized[i++] = above + rows.highWeight[y] * (between(lower, columns, x) - above);
        }
      }
    }
    return new SubtractMean(channels, newHeight, newWidth, resized);
  }

  private float between(int row, ResizeAxis columns, int x) {
    float left = means[row + columns.low[x]];
    return left + columns.highWeight[x] * (means[row + columns.high[x]] - left);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SubtractMean step
        && channels == step.channels
        && height == step.height
        && width == step.width
        && Arrays.equals(means, step.means);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(means);
  }

  /** {@return the size alone: {@code SubtractMean[3x224x224]}} */
  @Override
  public String toString() {
    return "SubtractMean[" + channels + "x" + height + "x" + width + "]";
  }

  @Override
  public String description() {
    return "subtract a mean image of " + channels + " x " + height + " x " + width;
  }
}
