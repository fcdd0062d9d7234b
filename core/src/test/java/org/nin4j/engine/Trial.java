package org.nin4j.engine;

import java.util.Set;
import java.util.SplittableRandom;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Layer;
import org.nin4j.nn.Network;
import org.nin4j.nn.Parameter;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;

/**
 * A network with numbers: everything that one training step needs. The numbers are about 1 in every
 * layer: weights are uniform with variance 1 / fan-in, images and the gradient of the logits
 * uniform in [-1, 1), running variances in [0.5, 2).
 */
public final class Trial {
  public final Network network;
  public final int count;
  public final int batch;
  public final Weights weights;
  public final float[] images;
  public final float[] logitsGradient;
  public DropoutMasks masks;
  public Set<String> frozen = Set.of();

  public Trial(Network network, int count, int batch, long seed) {
    this.network = network;
    this.count = count;
    this.batch = batch;
    SplittableRandom random = new SplittableRandom(seed);
    weights = Weights.zeros(network);
    for (int i = 0; i < weights.count(); i++) {
      fill(weights.parameters().get(i), weights.values(i), random);
    }
    images = new float[Math.toIntExact(count * network.input().elements())];
    uniform(images, -1, 1, random);
    logitsGradient = new float[count * network.classes()];
    uniform(logitsGradient, -1, 1, random);
    masks =
        (layer, p, image, mask, offset, length) -> {
          SplittableRandom own = new SplittableRandom(seed + 1 + layer + 1000L * image);
          for (int i = offset; i < offset + length; i++) {
            mask[i] = own.nextDouble() < p ? 0 : 1 / (1 - p);
          }
        };
  }

  /**
   * Layers, whatever their output shape, with a Flatten that makes logits of it.
   *
   * @param input (1, C, H, W)
   */
  public static Trial of(Shape input, int count, Layer... layers) {
    Sequential all = new Sequential(new Sequential(layers), new Flatten());
    return new Trial(new Network("trial", input, all), count, count, 42);
  }

  private static void fill(Parameter parameter, float[] values, SplittableRandom random) {
    Shape shape = parameter.shape();
    if (shape.rank() > 1) {
      double bound = Math.sqrt(3.0 * shape.dim(0) / shape.elements());
      uniform(values, -bound, bound, random);
    } else if (parameter.name().endsWith("bias") || parameter.name().endsWith("mean")) {
      uniform(values, -0.5, 0.5, random);
    } else {
      uniform(values, 0.5, 2, random);
    }
  }

  private static void uniform(float[] values, double from, double to, SplittableRandom random) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (from + (to - from) * random.nextDouble());
    }
  }

  /** Sets the images' values. */
  public Trial withImages(float... values) {
    System.arraycopy(values, 0, images, 0, images.length);
    return this;
  }

  /** Sets a parameter's values. */
  public Trial with(String parameter, float... values) {
    float[] target = weights.values(parameter);
    System.arraycopy(values, 0, target, 0, target.length);
    return this;
  }

  /** Sets the gradient of the logits. */
  public Trial withLogitsGradient(float... values) {
    System.arraycopy(values, 0, logitsGradient, 0, logitsGradient.length);
    return this;
  }

  /** Sets the masks. */
  Trial withMasks(DropoutMasks newMasks) {
    masks = newMasks;
    return this;
  }

  /** Freezes the layers and blocks at these paths. */
  public Trial withFrozen(String... paths) {
    frozen = Set.of(paths);
    return this;
  }

  /** Whether the layer at this path is frozen. */
  public boolean isFrozen(String path) {
    return spec(Precision.FP32).isFrozen(path);
  }

  /** What its training plans are compiled for. */
  PlanSpec spec(Precision precision) {
    return PlanSpec.of(network, batch, precision).withFrozen(frozen);
  }

  Outcome run(Engine engine) {
    return run(engine, Precision.FP32);
  }

  /** A training step and a run in inference mode in new plans; this trial stays as it is. */
  public Outcome run(Engine engine, Precision precision) {
    Weights own = weights.copy();
    Weights gradients = Weights.zeros(network);
    float[] logits = new float[logitsGradient.length];
    float[] imagesGradient = new float[images.length];
    try (WholeBatch plan =
        WholeBatch.compile(engine, spec(precision), Gradients.OF_PARAMETERS_AND_INPUT)) {
      plan.forward(own, images, count, masks, logits);
      plan.backward(logitsGradient, gradients);
      plan.inputGradient(imagesGradient);
    }
    return new Outcome(
        logits,
        gradients,
        imagesGradient,
        own,
        infer(engine, precision),
        differentiate(engine, precision));
  }

  /** An inference run in a new plan. */
  float[] infer(Engine engine) {
    return infer(engine, Precision.FP32);
  }

  /** An inference run in a new plan. */
  public float[] infer(Engine engine, Precision precision) {
    float[] logits = new float[logitsGradient.length];
    try (OwnWeights plan = OwnWeights.compile(engine, network, batch, precision)) {
      plan.load(weights);
      plan.run(images, count, logits);
    }
    return logits;
  }

  /** The gradient of the images in inference mode, in a new plan. */
  public float[] differentiate(Engine engine, Precision precision) {
    float[] gradient = new float[images.length];
    try (OwnGradients plan = OwnGradients.compile(engine, network, batch, precision)) {
      plan.load(weights);
      plan.forward(images, count, new float[logitsGradient.length]);
      plan.backward(logitsGradient, gradient);
    }
    return gradient;
  }
}
