package org.nin4j.engine;

import java.util.List;
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
  private final List<Parameter> parameters;
  private final int batch;
  private final int classes;
  private final long perImage;

  /** The arguments of a plan for {@code network} with up to {@code batch} images. */
  public PlanArguments(Network network, int batch) {
    if (batch < 1) {
      throw new IllegalArgumentException(
          "the batch size of a plan must be at least 1, but is " + batch);
    }
    this.network = network;
    this.parameters = network.parameters();
    this.batch = batch;
    this.classes = network.classes();
    this.perImage = network.input().elements();
  }

  /**
   * What a plan of this precision makes of a quantization: null but for int8, which needs it.
   *
   * @throws IllegalArgumentException when it is missing or of another network
   */
  public static Quantization integers(
      Precision precision, Quantization quantization, Network network) {
    if (precision != Precision.INT8) {
      return null;
    }
    if (quantization == null) {
      throw new IllegalArgumentException(
          "the model is not quantized, so it cannot compute in int8; quantize it first");
    }
    quantization.requireFits(network);
    return quantization;
  }

  /** Training is a matter of floats. */
  public static void requireTrainable(Precision precision) {
    if (precision == Precision.INT8) {
      throw new IllegalArgumentException(
          "training computes in fp32 or bf16, not in int8; quantize the trained model");
    }
  }

  /** Names and shapes must be the network's, in its order. */
  public void checkWeights(Weights weights) {
    checkParameters("the weights", weights.parameters());
  }

  /** Images (count, C, H, W) and room for logits (count, classes). Allocates nothing. */
  public void checkRun(float[] images, int count, float[] logits) {
    if (count < 1 || count > batch) {
      throw new IllegalArgumentException(
          "the plan takes 1 to " + batch + " images at a time, but got " + count);
    }
    if (images.length < (long) count * perImage) {
      throw tooShort("images", images.length, network.input().withBatch(count));
    }
    if (logits.length < (long) count * classes) {
      throw tooShort("logits", logits.length, Shape.of(count, classes));
    }
  }

  /**
   * As {@link #checkRun}, with the weights. BatchNorm2d needs two values of each channel, for one
   * has no variance.
   */
  public void checkForward(Weights weights, float[] images, int count, float[] logits) {
    checkWeights(weights);
    checkRun(images, count, logits);
    if (count == 1) {
      checkVarianceExists();
    }
  }

  /** Gradient of the logits (count, classes) and a place for the parameters' gradients. */
  public void checkBackward(int count, float[] logitsGradient, Weights gradients) {
    if (logitsGradient.length < (long) count * classes) {
      throw tooShort("gradient of the logits", logitsGradient.length, Shape.of(count, classes));
    }
    checkParameters("the gradients", gradients.parameters());
  }

  /** Room for the gradient of (count, C, H, W) images. */
  public void checkInputGradient(int count, float[] target) {
    if (target.length < (long) count * perImage) {
      throw tooShort("gradient of the images", target.length, network.input().withBatch(count));
    }
  }

  private static IllegalArgumentException tooShort(String what, int length, Shape shape) {
    return new IllegalArgumentException(
        "the array for the "
            + what
            + " "
            + shape
            + " needs "
            + shape.elements()
            + " values, but has "
            + length);
  }

  private void checkParameters(String what, List<Parameter> given) {
    int common = Math.min(given.size(), parameters.size());
    for (int i = 0; i < common; i++) {
      if (!given.get(i).equals(parameters.get(i))) {
        throw mismatch(what, "has " + name(parameters.get(i)), name(given.get(i)));
      }
    }
    if (given.size() != parameters.size()) {
      throw mismatch(
          what,
          "has " + parameters.size() + " parameters and buffers",
          String.valueOf(given.size()));
    }
  }

  private IllegalArgumentException mismatch(String what, String expected, String got) {
    return new IllegalArgumentException(
        what
            + " do not belong to network '"
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
      if (placed.layer() instanceof BatchNorm2d && shape.height() * shape.width() == 1) {
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
