package org.nin4j.engine;

import java.util.List;

/**
 * The 8-bit integers of one Conv2d or Linear layer. A weight of output channel o is {@code
 * weightScales[o] * q} with an integer q from -127 to 127. The bias stays a float.
 *
 * @param input scale and zero point of the layer's input
 * @param weightScales one scale for each output channel, positive and finite
 */
public record QuantizedLayer(QuantizationParameters input, List<Float> weightScales) {
  /** The largest integer of a weight; the smallest is its negative. */
  public static final int LARGEST_WEIGHT = 127;

  /**
   * Copies the scales.
   *
   * @param input scale and zero point of the layer's input
   * @param weightScales one scale for each output channel
   * @throws IllegalArgumentException when a scale is not a positive normal number
   */
  public QuantizedLayer {
    weightScales = List.copyOf(weightScales);
    weightScales.forEach(QuantizationParameters::requireScale);
  }

  /**
   * Returns the integer nearest to a weight, ties to even.
   *
   * @param weight any number
   * @param output index of the weight's output channel
   * @return weight / scale, rounded and limited to -127 to 127
   */
  public int integer(float weight, int output) {
    double q = Math.rint(weight / weightScales.get(output));
    return (int) Math.max(-LARGEST_WEIGHT, Math.min(LARGEST_WEIGHT, q));
  }

  /**
   * Rounds weights, in place, to the numbers that their integers represent.
   *
   * @param weights (outputs, ...), row-major
   */
  public void round(float[] weights) {
    int perOutput = weights.length / weightScales.size();
    for (int i = 0; i < weights.length; i++) {
      int output = i / perOutput;
      weights[i] = weightScales.get(output) * integer(weights[i], output);
    }
  }
}
