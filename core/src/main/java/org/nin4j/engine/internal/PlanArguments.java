package org.nin4j.engine.internal;

import java.util.List;
import java.util.function.Function;
import org.nin4j.engine.Engine;
import org.nin4j.engine.EngineException;
import org.nin4j.engine.PlanSpec;
import org.nin4j.engine.Precision;
import org.nin4j.engine.PrecisionPolicy;
import org.nin4j.engine.PreparedWeights;
import org.nin4j.engine.Quantization;
import org.nin4j.engine.Weights;
import org.nin4j.nn.BatchNorm2d;
import org.nin4j.nn.Network;
import org.nin4j.nn.Parameter;
import org.nin4j.nn.PlacedLayer;
import org.nin4j.nn.Shape;

/**
 * What a plan accepts: the same for every engine, with the same words when it is something else.
 * All checks throw IllegalArgumentException, before anything has changed.
 */
public final class PlanArguments {
  private final Network network;
  private final int batch;
  private final int classes;
  private final long perImage;
  private final PlanSpec spec;

  /** The arguments of plans of that specification. */
  public PlanArguments(PlanSpec spec) {
    this.spec = spec;
    network = spec.network();
    batch = spec.batch();
    classes = network.classes();
    perImage = network.input().elements();
  }

  /** What an engine computes int8 with; null in every other precision. */
  public static Quantization integers(PlanSpec spec) {
    return spec.precision() == Precision.INT8 ? spec.quantization().orElseThrow() : null;
  }

  /** Training is a matter of floats. */
  public static void requireTrainable(Precision precision) {
    PrecisionPolicy.trainingRefusal(precision)
        .ifPresent(
            refusal -> {
              throw new IllegalArgumentException(refusal + "; quantize the trained model");
            });
  }

  /** Integers have no gradients. */
  public static void requireDifferentiable(Precision precision) {
    PrecisionPolicy.gradientRefusal(precision)
        .ifPresent(
            refusal -> {
              throw new IllegalArgumentException(refusal + "; use fp32");
            });
  }

  /**
   * An engine refuses what it does not support.
   *
   * @throws EngineException when the engine does not compute in the precision here
   */
  public static void requireSupported(Engine engine, Precision precision) {
    PrecisionPolicy.engineRefusal(engine, precision)
        .ifPresent(
            refusal -> {
              throw new EngineException(refusal + "; use fp32");
            });
  }

  /**
   * Weights over which a plan is compiled are prepared by its engine and for its network's layers.
   *
   * @param kind the engine's own kind of prepared weights
   * @param prepared of which network they are
   */
  public static <W extends PreparedWeights> W requireOwn(
      PreparedWeights weights, Class<W> kind, Function<W, Network> prepared, Network network) {
    if (!kind.isInstance(weights)) {
      throw new IllegalArgumentException(
          "the weights were prepared by another engine; prepare them with this one");
    }
    W own = kind.cast(weights);
    if (!prepared.apply(own).layers().equals(network.layers())) {
      throw new IllegalArgumentException(
          "the weights were prepared for another network; prepare them for '"
              + network.name()
              + "'");
    }
    return own;
  }

  /**
   * Images (count, C, H, W) and an array for logits (count, classes), from offsets on. Allocates
   * nothing.
   */
  public void checkRun(float[] images, int offset, int count, float[] logits, int logitsOffset) {
    if (count < 1 || count > batch) {
      throw new IllegalArgumentException(
          "the plan takes 1 to " + batch + " images at a time, but got " + count);
    }
    if (isTooShort(images, offset, count * perImage)) {
      throw tooShort("images", images, offset, network.input().withBatch(count));
    }
    if (isTooShort(logits, logitsOffset, (long) count * classes)) {
      throw tooShort("logits", logits, logitsOffset, Shape.of(count, classes));
    }
  }

  /**
   * As {@link #checkRun}; BatchNorm2d needs two values of each channel, for one has no variance,
   * unless it is frozen.
   */
  public void checkForward(
      float[] images, int offset, int count, float[] logits, int logitsOffset) {
    checkRun(images, offset, count, logits, logitsOffset);
    if (count == 1) {
      checkVarianceExists();
    }
  }

  /** Gradient of the logits (count, classes), from an offset on. */
  public void checkBackward(int count, float[] logitsGradient, int offset) {
    if (isTooShort(logitsGradient, offset, (long) count * classes)) {
      throw tooShort("gradient of the logits", logitsGradient, offset, Shape.of(count, classes));
    }
  }

  /** An array for the gradient of (count, C, H, W) images, from an offset on. */
  public void checkInputGradient(int count, float[] target, int offset) {
    if (isTooShort(target, offset, count * perImage)) {
      throw tooShort("gradient of the images", target, offset, network.input().withBatch(count));
    }
  }

  /** The index of an output that the plan keeps, and an array for it. */
  public void checkOutput(int count, int index, float[] target) {
    if (index < 0 || index >= spec.outputs().size()) {
      throw new IllegalArgumentException(
          "the plan keeps " + spec.outputs().size() + " outputs, so there is no index " + index);
    }
    Shape shape = spec.outputShapes().get(index).withBatch(count);
    if (isTooShort(target, 0, shape.elements())) {
      throw tooShort("output of layer " + spec.outputs().get(index), target, 0, shape);
    }
  }

  private static boolean isTooShort(float[] array, int offset, long values) {
    return offset < 0 || array.length - (long) offset < values;
  }

  private static IllegalArgumentException tooShort(
      String what, float[] array, int offset, Shape shape) {
    return new IllegalArgumentException(
        "the array for the "
            + what
            + " "
            + shape
            + " needs "
            + shape.elements()
            + " values"
            + (offset == 0 ? "" : " from index " + offset + " on")
            + ", but has "
            + array.length);
  }

  /**
   * Names and shapes of weights must be the network's, in its order.
   *
   * @throws IllegalArgumentException with the first that is not
   */
  public static void checkWeights(Network network, Weights weights) {
    List<Parameter> parameters = network.parameters();
    List<Parameter> given = weights.parameters();
    int common = Math.min(given.size(), parameters.size());
    for (int i = 0; i < common; i++) {
      if (!given.get(i).equals(parameters.get(i))) {
        throw mismatch(network, "has " + name(parameters.get(i)), name(given.get(i)));
      }
    }
    if (given.size() != parameters.size()) {
      throw mismatch(
          network,
          "has " + parameters.size() + " parameters and buffers",
          String.valueOf(given.size()));
    }
  }

  /**
   * The same for one of them.
   *
   * @param expected the network's parameter at that index
   */
  public static void checkWeights(Network network, Parameter expected, Weights weights, int index) {
    if (weights.count() <= index || !weights.parameters().get(index).equals(expected)) {
      checkWeights(network, weights);
    }
  }

  private static IllegalArgumentException mismatch(Network network, String expected, String got) {
    return new IllegalArgumentException(
        "the weights do not belong to network '"
            + network.name()
            + "': where it "
            + expected
            + ", they have "
            + got);
  }

  private static String name(Parameter parameter) {
    return parameter.name() + " (" + parameter.shape() + ")";
  }

  private void checkVarianceExists() {
    Shape shape = network.input();
    for (PlacedLayer placed : network.layers().leaves()) {
      if (placed.layer() instanceof BatchNorm2d
          && !spec.isFrozen(placed.path())
          && shape.height() * shape.width() == 1) {
        throw new IllegalArgumentException(
            "layer "
                + placed.path()
                + " "
                + placed.layer()
                + " cannot be trained on one image of "
                + shape
                + ", which has no variance; use at least 2 images");
      }
      shape = placed.layer().outputShape(shape);
    }
  }
}
