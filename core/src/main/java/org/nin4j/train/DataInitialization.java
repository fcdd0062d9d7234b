package org.nin4j.train;

import java.util.Arrays;
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
      Images used = Images.draw(images, preprocessing, initializer.images(), seed);
      if (initializer instanceof Whitening whitening) {
        initialization.whiten(whitening, used);
      } else if (initializer instanceof Lsuv lsuv) {
        initialization.unitVariance(lsuv, used);
      }
    }
  }

  /**
   * Checks a number of images to look at.
   *
   * @throws IllegalArgumentException when there are none
   */
  static void requireImages(int images) {
    if (images < 1) {
      throw new IllegalArgumentException(
          "an initializer needs at least 1 image, but got " + images);
    }
  }

  /** Receives preprocessed images, (N, C, H, W). */
  @FunctionalInterface
  private interface BatchConsumer {
    void accept(float[] pixels, int count);
  }

  /** Images that depend on the seed, in an order that is not that of the first epoch. */
  private record Images(ImageDataset dataset, Preprocessing preprocessing) {
    /**
     * Draws images.
     *
     * @param most number of images; all if the data set has fewer
     */
    static Images draw(ImageDataset all, Preprocessing preprocessing, int most, long seed) {
      int[] order = Sampling.SHUFFLED.order(all, ~seed, 0);
      return new Images(
          all.select(Arrays.copyOf(order, Math.min(most, all.size()))), preprocessing);
    }

    int count() {
      return dataset.size();
    }

    int batchSize() {
      return Math.min(count(), BATCH);
    }

    void eachBatch(BatchConsumer consumer) {
      DataLoader loader = DataLoader.inOrder(dataset, preprocessing, batchSize());
      try (Epoch epoch = loader.epoch(0, 0)) {
        for (Batch batch = epoch.next(); batch != null; batch = epoch.next()) {
          consumer.accept(batch.images(), batch.size());
        }
      }
    }
  }

  private void whiten(Whitening whitening, Images images) {
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
    images.eachBatch(
        (pixels, count) -> {
          for (int i = 0; i < count; i++) {
            moments.add(pixels, i * imageLength);
          }
        });
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

  private void unitVariance(Lsuv lsuv, Images images) {
    List<PlacedLayer> weighted =
        network.layers().leaves().stream()
            .filter(placed -> placed.layer() instanceof Conv2d || placed.layer() instanceof Linear)
            .toList();
    PlanSpec spec =
        PlanSpec.of(network, images.batchSize(), Precision.FP32)
            .withOutputs(weighted.stream().map(PlacedLayer::path).toList());
    List<Shape> shapes = spec.outputShapes();
    try (PreparedWeights prepared = engine.prepare(network);
        InferencePlan plan = engine.compileInference(spec, prepared)) {
      for (int layer = 0; layer < weighted.size(); layer++) {
        int length = Math.toIntExact(shapes.get(layer).withBatch(1).elements());
        for (int round = 0; round < MOST_ROUNDS; round++) {
          prepared.load(weights);
          double variance = variance(plan, images, layer, length);
          if (!(variance > 0) || Math.abs(variance - 1) <= lsuv.tolerance()) {
            break;
          }
          scaleWeight(weighted.get(layer), 1 / Math.sqrt(variance));
        }
      }
    }
  }

  /** Returns the variance of the outputs of a layer, of which an image has {@code length}. */
  private double variance(InferencePlan plan, Images images, int layer, int length) {
    float[] logits = new float[images.batchSize() * network.classes()];
    float[] outputs = new float[images.batchSize() * length];
    double[] sums = new double[2]; // of the outputs and of their squares
    images.eachBatch(
        (pixels, count) -> {
          plan.run(pixels, 0, count, logits, 0);
          plan.output(layer, outputs);
          for (int i = 0; i < count * length; i++) {
            sums[0] += outputs[i];
            sums[1] += (double) outputs[i] * outputs[i];
          }
        });
    double values = (double) images.count() * length;
    double mean = sums[0] / values;
    return sums[1] / values - mean * mean;
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
