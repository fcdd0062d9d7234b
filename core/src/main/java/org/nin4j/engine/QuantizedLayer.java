package org.nin4j.engine;

import java.util.List;

/**
 * The 8-bit integers of one Conv2d or Linear layer. The weights of output channel o are {@code
 * weightScales[o] * q} with q from -127 to 127. The bias stays a float.
 *
 * @param input of what goes in
 * @param weightScales one for each output channel, positive and finite
 */
public record QuantizedLayer(QuantizationParameters input, List<Float> weightScales) {
  /** The largest integer of a weight; the smallest is its negative. */
  public static final int LARGEST_WEIGHT = 127;

  public QuantizedLayer {
    weightScales = List.copyOf(weightScales);
    weightScales.forEach(QuantizationParameters::requireScale);
  }

  /**
   * The integer nearest to a weight.
   *
   * @param output the weight's output channel
   */
  public int integer(float weight, int output) {
    double q = Math.rint(weight / weightScales.get(output));
    return (int) Math.max(-LARGEST_WEIGHT, Math.min(LARGEST_WEIGHT, q));
  }

  /**
   * Rounds weights to what their integers stand for.
   *
   * @param weights (outputs, ...)
   */
  public void round(float[] weights) {
    int perOutput = weights.length / weightScales.size();
    for (int i = 0; i < weights.length; i++) {
      int output = i / perOutput;
      weights[i] = weightScales.get(output) * integer(weights[i], output);
    }
  }
}
