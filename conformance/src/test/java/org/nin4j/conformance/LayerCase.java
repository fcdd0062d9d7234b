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
 * @param seed the seed of the numbers
 * @param input the shape of one image, (1, C, H, W)
 * @param count the number of images
 * @param layers any layers; a Flatten turns their output into logits
 * @param behindIdentity whether a convolution that changes nothing runs first, so that the layers
 *     receive the images in the precision's own type rather than as floats
 */
record LayerCase(
    long seed,
    Shape input,
    int count,
    List<Layer> layers,
    Precision precision,
    boolean behindIdentity) {
  LayerCase {
    layers = List.copyOf(layers);
  }

  /**
   * Makes the numbers; for bf16 numbers that it can represent, so that the inputs are not rounded.
   *
   * @throws IllegalArgumentException when the layers cannot run on the input
   */
  Trial trial() {
    List<Layer> all = new ArrayList<>(layers);
    int channels = input.channels();
    if (behindIdentity) {
      Size2d one = Size2d.of(1);
      all.add(0, new Conv2d(channels, channels, one, one, Size2d.of(0), false));
    }
    if (new Sequential(layers).outputShape(input).rank() == 4) {
      all.add(new Flatten());
    }
    Network network = new Network("case " + seed, input, new Sequential(all));
    Trial trial = new Trial(network, count, count + (int) (seed % 3), seed);
    if (behindIdentity) {
      float[] identity = trial.weights.values("0.weight");
      Arrays.fill(identity, 0);
      for (int c = 0; c < channels; c++) {
        identity[c * channels + c] = 1;
      }
    }
    return in(precision, trial);
  }

  /** Rounds the numbers of a trial to those that a precision can represent. */
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

  /** Rounds to the nearest number of 8 significant bits. */
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
