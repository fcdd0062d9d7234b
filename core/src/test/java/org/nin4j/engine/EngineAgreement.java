package org.nin4j.engine;

import java.util.Optional;
import java.util.SplittableRandom;
import org.nin4j.nn.BatchNorm2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Layer;
import org.nin4j.nn.Linear;
import org.nin4j.nn.PlacedLayer;
import org.nin4j.nn.Shape;

/**
 * Whether two engines compute the same for a {@link Trial}, up to rounding.
 *
 * <p>A sum of n terms in 32-bit floats is off by at most n 2^-24 of the sum of their sizes, in
 * whatever order it is made; one of the sums of a trial, forward or backward, is longest in each
 * layer, and an error runs through all layers. So an array may be off by 2^-24 times the sum of
 * those lengths (and 16 for each layer, for what else is rounded), relative to its largest value or
 * to 1, the size of a trial's numbers, where cancellation left less.
 *
 * <p>On a kink (a ReLU of almost 0, two almost equal maxima) a rounding may send a gradient another
 * way, and both engines are right. It is recognised by the first engine differing from itself as
 * much when its images move by a millionth; such trials should be very few.
 */
final class EngineAgreement {
  private static final double UNIT_ROUNDING = 0x1p-24;
  private static final int NUDGES = 8;

  private final Engine first;
  private final Engine second;

  EngineAgreement(Engine first, Engine second) {
    this.first = first;
    this.second = second;
  }

  /**
   * How the engines differ, in words and as a multiple of what is allowed; nothing if they agree.
   */
  Optional<Difference> compare(Trial trial) {
    Outcome expected = trial.run(first);
    return difference(trial, expected, trial.run(second));
  }

  /** Whether the first engine differs from itself as much, or at least half as much, nearby. */
  boolean liesOnAKink(Trial trial, Difference difference) {
    Outcome expected = trial.run(first);
    SplittableRandom random = new SplittableRandom(1);
    float[] original = trial.images.clone();
    boolean found = false;
    for (int nudge = 0; nudge < NUDGES && !found; nudge++) {
      for (int i = 0; i < original.length; i++) {
        trial.images[i] = original[i] * (float) (1 + 2e-6 * (random.nextDouble() - 0.5));
      }
      found =
          difference(trial, expected, trial.run(first))
              .filter(own -> own.excess() >= difference.excess() / 2)
              .isPresent();
    }
    trial.withImages(original);
    return found;
  }

  /**
   * @param what which value of which array, and both engines' figures
   * @param excess its size as a multiple of what is allowed, above 1
   */
  record Difference(String what, double excess) {}

  private static Optional<Difference> difference(Trial trial, Outcome a, Outcome b) {
    Largest largest = new Largest(tolerance(trial));
    largest.consider("logits", a.logits, b.logits);
    largest.consider("inference logits", a.inferenceLogits, b.inferenceLogits);
    largest.consider("gradient of the images", a.imagesGradient, b.imagesGradient);
    largest.consider(
        "gradient of the images in inference",
        a.inferenceImagesGradient,
        b.inferenceImagesGradient);
    for (int i = 0; i < a.gradients.count(); i++) {
      String name = trial.weights.parameters().get(i).name();
      largest.consider("gradient of " + name, a.gradients.values(i), b.gradients.values(i));
      largest.consider(name + " afterwards", a.weightsAfter.values(i), b.weightsAfter.values(i));
    }
    return largest.excess > 1
        ? Optional.of(new Difference(largest.what, largest.excess))
        : Optional.empty();
  }

  private static final class Largest {
    private final double relative;
    private String what = "";
    private double excess;

    Largest(double relative) {
      this.relative = relative;
    }

    void consider(String array, float[] a, float[] b) {
      double scale = 1;
      for (float each : a) {
        scale = Math.max(scale, Math.abs(each));
      }
      for (int i = 0; i < a.length; i++) {
        double ratio = Math.abs((double) a[i] - b[i]) / (relative * scale);
        if (!(ratio <= excess)) { // NaN counts as a difference
          excess = Double.isNaN(ratio) ? Double.POSITIVE_INFINITY : ratio;
          what = array + "[" + i + "]: " + a[i] + " and " + b[i];
        }
      }
    }
  }

  /** What may be off, relative to the largest value of an array. */
  static double tolerance(Trial trial) {
    return UNIT_ROUNDING * lengthOfSums(trial);
  }

  /** The longest sum of each layer, forward or backward, and 16; added up over the layers. */
  private static long lengthOfSums(Trial trial) {
    Shape shape = trial.network.input().withBatch(trial.count);
    long sum = 0;
    for (PlacedLayer placed : trial.network.layers().leaves()) {
      Layer layer = placed.layer();
      Shape out = layer.outputShape(shape);
      sum += 16 + longestSum(layer, shape, out);
      shape = out;
    }
    return sum;
  }

  private static long longestSum(Layer layer, Shape in, Shape out) {
    if (layer instanceof Conv2d conv) {
      int channels = Math.max(conv.inChannels(), conv.outChannels());
      long positions = (long) out.batch() * out.height() * out.width();
      return Math.max(positions, (long) channels * conv.kernel().area());
    }
    if (layer instanceof Linear linear) {
      return Math.max(in.batch(), Math.max(linear.inFeatures(), linear.outFeatures()));
    }
    if (layer instanceof BatchNorm2d) {
      return (long) in.batch() * in.height() * in.width();
    }
    return in.rank() == 4 ? (long) in.height() * in.width() : 0; // pools sum at most a map
  }
}
