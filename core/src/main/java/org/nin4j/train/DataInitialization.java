package org.nin4j.train;

import java.util.List;
import org.nin4j.data.Batch;
import org.nin4j.data.DataLoader;
import org.nin4j.data.Epoch;
import org.nin4j.data.ImageDataset;
import org.nin4j.data.Preprocessing;
import org.nin4j.data.Sampling;
import org.nin4j.engine.Engine;
import org.nin4j.engine.InferencePlan;
import org.nin4j.engine.PlanSpec;
import org.nin4j.engine.Precision;
import org.nin4j.engine.PreparedWeights;
import org.nin4j.engine.Weights;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Linear;
import org.nin4j.nn.Network;
import org.nin4j.nn.Parameter;
import org.nin4j.nn.PlacedLayer;
import org.nin4j.nn.Shape;

/** Applies the {@link DataInitializer}s of a recipe to the initial weights of a training. */
final class DataInitialization {
  private static final int BATCH = 64;
  private static final int MOST_ROUNDS = 10;

  private final Engine engine;
  private final Network network;
  private final Weights weights;
  private final int imageLength;

  private DataInitialization(Engine engine, Network network, Weights weights) {
    this.engine = engine;
    this.network = network;
    this.weights = weights;
    imageLength = Math.toIntExact(network.input().elements());
  }

  /**
   * Changes the weights.
   *
   * @param initializers what to apply, in order
   * @param weights the weights as the recipe's {@link Initializer} filled them; changed in place
   * @param seed the seed that selects the images
   * @throws IllegalArgumentException when an initializer cannot be applied to the network
   */
  static void apply(
      List<DataInitializer> initializers,
      Engine engine,
      Network network,
      Weights weights,
      ImageDataset images,
      Preprocessing preprocessing,
      long seed) {
    DataInitialization initialization = new DataInitialization(engine, network, weights);
    for (DataInitializer initializer : initializers) {
      float[] pixels = initialization.images(images, preprocessing, initializer.images(), seed);
      if (initializer instanceof Whitening whitening) {
        initialization.whiten(whitening, pixels);
      } else if (initializer instanceof Lsuv lsuv) {
        initialization.unitVariance(lsuv, pixels);
      }
    }
  }

  /** Returns the first images in an order that depends on the seed, (N, C, H, W). */
  private float[] images(ImageDataset images, Preprocessing preprocessing, int most, long seed) {
    int count = Math.min(most, images.size());
    DataLoader loader =
        DataLoader.builder(images, preprocessing, Math.min(count, BATCH))
            .sampling(Sampling.SHUFFLED)
            .seed(~seed) // another order than that of the first epoch
            .build();
    float[] pixels = new float[Math.multiplyExact(count, imageLength)];
    int done = 0;
    try (Epoch epoch = loader.epoch(0, 0)) {
      while (done < count) {
        Batch batch = epoch.next();
        int taken = Math.min(batch.size(), count - done);
        System.arraycopy(batch.images(), 0, pixels, done * imageLength, taken * imageLength);
        done += taken;
      }
    }
    return pixels;
  }

  private void whiten(Whitening whitening, float[] pixels) {
    PlacedLayer first =
        network.layers().leaves().stream()
            .filter(placed -> !placed.parameters().isEmpty())
            .findFirst()
            .orElseThrow();
    if (!(first.layer() instanceof Conv2d conv)) {
      throw new IllegalArgumentException(
          "whitening needs a convolution as the first layer with parameters, but network '"
              + network.name()
              + "' has "
              + first.layer());
    }
    PatchMoments moments = new PatchMoments(network.input(), conv.kernel());
    for (int offset = 0; offset < pixels.length; offset += imageLength) {
      moments.add(pixels, offset);
    }
    SymmetricEigen eigen = SymmetricEigen.of(moments.matrix());
    int length = eigen.count();
    int pairs = Math.min(conv.outChannels() / 2, length);
    float[] filters = weights.values(first.path() + ".weight");
    for (int i = 0; i < pairs; i++) {
      double scale = 1 / Math.sqrt(Math.max(0, eigen.value(i)) + whitening.eps());
      for (int k = 0; k < length; k++) {
        float value = (float) (scale * eigen.vector(i)[k]);
        filters[i * length + k] = value;
        filters[(pairs + i) * length + k] = -value;
      }
    }
  }

  private void unitVariance(Lsuv lsuv, float[] pixels) {
    List<PlacedLayer> weighted =
        network.layers().leaves().stream()
            .filter(placed -> placed.layer() instanceof Conv2d || placed.layer() instanceof Linear)
            .toList();
    int batch = Math.min(BATCH, pixels.length / imageLength);
    PlanSpec spec =
        PlanSpec.of(network, batch, Precision.FP32)
            .withOutputs(weighted.stream().map(PlacedLayer::path).toList());
    List<Shape> shapes = spec.outputShapes();
    try (PreparedWeights prepared = engine.prepare(network);
        InferencePlan plan = engine.compileInference(spec, prepared)) {
      for (int layer = 0; layer < weighted.size(); layer++) {
        int length = Math.toIntExact(shapes.get(layer).withBatch(1).elements());
        for (int round = 0; round < MOST_ROUNDS; round++) {
          prepared.load(weights);
          double variance = variance(plan, pixels, batch, layer, length);
          if (!(variance > 0) || Math.abs(variance - 1) <= lsuv.tolerance()) {
            break;
          }
          scaleWeight(weighted.get(layer), 1 / Math.sqrt(variance));
        }
      }
    }
  }

  private double variance(InferencePlan plan, float[] pixels, int batch, int layer, int length) {
    float[] logits = new float[batch * network.classes()];
    float[] outputs = new float[batch * length];
    double sum = 0;
    double squares = 0;
    long count = 0;
    int images = pixels.length / imageLength;
    for (int done = 0; done < images; done += batch) {
      int taken = Math.min(batch, images - done);
      plan.run(pixels, done * imageLength, taken, logits, 0);
      plan.output(layer, outputs);
      for (int i = 0; i < taken * length; i++) {
        sum += outputs[i];
        squares += (double) outputs[i] * outputs[i];
      }
      count += (long) taken * length;
    }
    double mean = sum / count;
    return squares / count - mean * mean;
  }

  private void scaleWeight(PlacedLayer placed, double scale) {
    for (Parameter parameter : placed.parameters()) {
      if (parameter.role() == Parameter.Role.WEIGHT) {
        float[] values = weights.values(parameter.name());
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) (values[i] * scale);
        }
      }
    }
  }
}
