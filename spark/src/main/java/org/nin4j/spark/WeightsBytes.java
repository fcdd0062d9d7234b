package org.nin4j.spark;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.nin4j.engine.Weights;

/** The values of weights as bytes, to be sent: all arrays in their order, little-endian. */
final class WeightsBytes {
  private WeightsBytes() {}

  static byte[] of(Weights weights) {
    int floats = 0;
    for (int i = 0; i < weights.count(); i++) {
      floats = Math.addExact(floats, weights.values(i).length);
    }
    byte[] bytes = new byte[Math.multiplyExact(floats, Float.BYTES)];
    FloatBuffer target = floats(bytes);
    for (int i = 0; i < weights.count(); i++) {
      target.put(weights.values(i));
    }
    return bytes;
  }

  /** Overwrites weights of the same network. */
  static void read(byte[] bytes, Weights weights) {
    FloatBuffer source = floats(bytes);
    for (int i = 0; i < weights.count(); i++) {
      source.get(weights.values(i));
    }
  }

  private static FloatBuffer floats(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
  }
}
