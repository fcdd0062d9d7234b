package org.nin4j.engine.reference;

import org.nin4j.engine.QuantizationParameters;
import org.nin4j.engine.Weights;

/**
 * A layer of a quantized network: its input is rounded to the values that 8-bit integers can stand
 * for. Its weights have been rounded when they were loaded.
 */
final class QuantizedInputStep implements ForwardStep {
  private final QuantizationParameters quantization;
  private final ForwardStep layer;
  private final int values;
  private final float[] rounded; // (batch, values)

  /**
   * @param values of one image of the input
   */
  QuantizedInputStep(
      QuantizationParameters quantization, ForwardStep layer, int batch, int values) {
    this.quantization = quantization;
    this.layer = layer;
    this.values = values;
    rounded = new float[Math.multiplyExact(batch, values)];
  }

  @Override
  public void forward(Weights weights, int count, float[] src, float[] dst) {
    for (int i = 0; i < count * values; i++) {
      rounded[i] = quantization.round(src[i]);
    }
    layer.forward(weights, count, rounded, dst);
  }
}
