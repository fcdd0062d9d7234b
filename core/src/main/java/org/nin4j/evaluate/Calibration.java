package org.nin4j.evaluate;

import java.util.ArrayList;
import java.util.List;

/**
 * How well the probabilities of the predictions match how often the predictions are right (Guo et
 * al., "On Calibration of Modern Neural Networks", 2017, section 2). Of a calibrated model, 80 % of
 * the predictions with a probability of 0.8 are right; an overconfident model is right less often.
 *
 * @param bins intervals of equal width that together cover the probabilities from 0 to 1, in their
 *     order
 */
public record Calibration(List<Bin> bins) {
  /**
   * Copies the bins.
   *
   * @param bins intervals of equal width that together cover the probabilities from 0 to 1, in
   *     their order
   * @throws IllegalArgumentException when there are none
   */
  public Calibration {
    bins = List.copyOf(bins);
    if (bins.isEmpty()) {
      throw new IllegalArgumentException("a calibration needs at least one bin");
    }
  }

  /**
   * The predictions whose probability is in an interval.
   *
   * @param low lower end of the interval, exclusive, except for 0
   * @param high upper end of the interval, inclusive
   * @param count number of predictions
   * @param confidence the mean probability of the predicted classes; NaN if there are none
   * @param accuracy the fraction of the predictions that are right; NaN if there are none
   */
  public record Bin(double low, double high, int count, double confidence, double accuracy) {
    /**
     * {@return accuracy - confidence, negative for an overconfident model; NaN for no prediction}
     */
    public double gap() {
      return accuracy - confidence;
    }
  }

  static Calibration of(List<ImageResult> results, int count) {
    if (count < 1) {
      throw new IllegalArgumentException("a calibration needs at least one bin, not " + count);
    }
    int[] images = new int[count];
    int[] correct = new int[count];
    double[] probabilities = new double[count];
    for (ImageResult result : results) {
      int bin = Math.max(0, (int) Math.ceil(result.probability() * count) - 1);
      images[bin]++;
      correct[bin] += result.correct() ? 1 : 0;
      probabilities[bin] += result.probability();
    }
    List<Bin> bins = new ArrayList<>();
    for (int b = 0; b < count; b++) {
      bins.add(
          new Bin(
              (double) b / count,
              (b + 1.0) / count,
              images[b],
              probabilities[b] / images[b],
              (double) correct[b] / images[b]));
    }
    return new Calibration(bins);
  }

  /**
   * Returns the expected calibration error (ECE): the mean over all predictions of how far accuracy
   * and confidence of their bin are apart, sum of count / images |accuracy - confidence|.
   *
   * @return 0 (calibrated) to 1; NaN when there are no predictions
   */
  public double expectedError() {
    double sum = 0;
    long images = 0;
    for (Bin bin : bins) {
      if (bin.count() > 0) {
        sum += bin.count() * Math.abs(bin.gap());
        images += bin.count();
      }
    }
    return sum / images;
  }
}
