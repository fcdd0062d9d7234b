package org.nin4j.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nin4j.engine.Precision;
import org.nin4j.engine.Trial;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Layer;
import org.nin4j.nn.Network;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;
import org.nin4j.nn.Size2d;

/**
 * Layers and images of random numbers.
 *
 * @param seed of the numbers
 * @param input (1, C, H, W)
 * @param count images
 * @param layers whatever they put out; a Flatten makes logits of it
 * @param handedOn whether a convolution that changes nothing hands the images to the layers: they
 *     then come in the precision's own type, and not as the floats that they are at first
 */
record Case(
    long seed, Shape input, int count, List<Layer> layers, Precision precision, boolean handedOn) {
  Case {
    layers = List.copyOf(layers);
  }

  /**
   * The numbers; in bf16 such as it can hold, so that nothing is rounded on the way in.
   *
   * @throws IllegalArgumentException when the layers cannot run on the input
   */
  Trial trial() {
    List<Layer> all = new ArrayList<>(layers);
    int channels = input.channels();
    if (handedOn) {
      Size2d one = Size2d.of(1);
      all.add(0, new Conv2d(channels, channels, one, one, Size2d.of(0), false));
    }
    if (new Sequential(layers).outputShape(input).rank() == 4) {
      all.add(new Flatten());
    }
    Network network = new Network("case " + seed, input, new Sequential(all));
    Trial trial = new Trial(network, count, count + (int) (seed % 3), seed);
    if (handedOn) {
      float[] identity = trial.weights.values("0.weight");
      Arrays.fill(identity, 0);
      for (int c = 0; c < channels; c++) {
        identity[c * channels + c] = 1;
      }
    }
    return in(precision, trial);
  }

  /** A trial with its numbers rounded to such as a precision can hold. */
  static Trial in(Precision precision, Trial trial) {
    if (precision == Precision.BF16) {
      round(trial.images);
      round(trial.logitsGradient);
      for (int i = 0; i < trial.weights.count(); i++) {
        round(trial.weights.values(i));
      }
    }
    return trial;
  }

  /** To the nearest number of 8 significant bits. */
  private static void round(float[] values) {
    for (int i = 0; i < values.length; i++) {
      int bits = Float.floatToRawIntBits(values[i]);
      values[i] = Float.intBitsToFloat((bits + 0x8000) & 0xFFFF0000);
    }
  }

  @Override
  public String toString() {
    return "seed "
        + seed
        + ": "
        + count
        + " of "
        + input
        + " in "
        + precision
        + " through "
        + layers;
  }
}
