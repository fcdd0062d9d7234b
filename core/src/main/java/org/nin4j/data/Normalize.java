package org.nin4j.data;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Normalises each channel as (x - mean) / std, as torchvision's {@code Normalize} does.
 *
 * @param mean the mean to subtract, one for each channel, in units of the values before, which are
 *     from 0 to 1 if no other step has changed them
 * @param std the standard deviation to divide by, one for each channel, in the same units, positive
 */
public record Normalize(List<Float> mean, List<Float> std) implements PreprocessingStep {
  /**
   * Checks the values.
   *
   * @param mean the mean to subtract, one for each channel
   * @param std the standard deviation to divide by, one for each channel, positive
   * @throws IllegalArgumentException if the numbers of means and standard deviations differ, a
   *     value is not finite, or a standard deviation is not positive
   */
  public Normalize {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    if (mean.size() != std.size()) {
      throw new IllegalArgumentException(
          "Normalize needs as many means as standard deviations, but has "
              + mean.size()
              + " and "
              + std.size());
    }
    for (int c = 0; c < mean.size(); c++) {
      if (!Float.isFinite(mean.get(c))) {
        throw new IllegalArgumentException(
            "the mean of Normalize must be finite, but is " + mean.get(c));
      }
      if (!(std.get(c) > 0 && Float.isFinite(std.get(c)))) {
        throw new IllegalArgumentException(
            "the std of Normalize must be positive and finite, but is " + std.get(c));
      }
    }
  }

  /** Returns the normalised value of a channel. */
  float apply(float value, int channel) {
    return (value - mean.get(channel)) / std.get(channel);
  }

  /**
   * Normalises an image in place.
   *
   * @param values the image, floats in the order (C, H, W), from {@code offset} on
   * @param area its height times its width
   */
  void apply(float[] values, int offset, int area) {
    for (int c = 0; c < mean.size(); c++) {
      float channelMean = mean.get(c);
      float channelStd = std.get(c);
      int start = offset + c * area;
      for (int i = start; i < start + area; i++) {
        values[i] = (values[i] - channelMean) / channelStd;
      }
    }
  }

  @Override
  public String description() {
    return "normalise with mean " + joined(mean) + " and std " + joined(std);
  }

  private static String joined(List<Float> values) {
    return values.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }
}
