package org.nin4j.bench.rival;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.nin4j.bench.result.Task;
import org.nin4j.data.Batch;
import org.nin4j.data.DataLoader;
import org.nin4j.data.DecodedImage;
import org.nin4j.data.Epoch;
import org.nin4j.data.Normalize;
import org.nin4j.data.Preprocessing;
import org.nin4j.engine.Weights;
import org.nin4j.io.Model;
import org.nin4j.nn.Dropout;
import org.nin4j.nn.Layer;
import org.nin4j.nn.Network;
import org.nin4j.nn.Networks;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;
import org.nin4j.train.Initializer;

/**
 * The same for every contender, from fixed seeds: a network, its first weights, and a batch of
 * images about 0.
 */
final class Exercise {
  private static final int CLASSES = 10;
  private static final long SEED = 1;

  private final Model model;
  private final Batch batch;
  private final DecodedImage decoded;

  private Exercise(Model model, Batch batch) {
    this.model = model;
    this.batch = batch;
    int channels = model.network().input().channels();
    int size = model.network().input().height();
    byte[] pixels = new byte[channels * size * size];
    new Random(SEED).nextBytes(pixels);
    decoded = new DecodedImage(channels, size, size, pixels);
  }

  /**
   * The task's own network and batch.
   *
   * @param dropout whether values are dropped; not so where losses are compared
   */
  static Exercise of(Task task, boolean dropout) {
    return of(model(task, dropout), task);
  }

  /** The task's batch for another model. */
  static Exercise of(Model model, Task task) {
    int channels = model.network().input().channels();
    DataLoader loader =
        DataLoader.inOrder(
            new RandomImages(task.batch(), channels, CLASSES), model.preprocessing(), task.batch());
    try (Epoch epoch = loader.epoch(0, 0)) {
      return new Exercise(model, epoch.next());
    }
  }

  /** The task's network with its first weights. */
  static Model model(Task task, boolean dropout) {
    Networks preset = Networks.named(task.network());
    int channels = preset.build().input().channels();
    Network network = preset.build(Shape.of(1, channels, task.size(), task.size()), CLASSES);
    if (!dropout) {
      network = new Network(network.name(), network.input(), withoutDropout(network.layers()));
    }
    Weights weights = Initializer.IDENTITY_HEAD.initialize(network, SEED);
    List<Float> mean = new ArrayList<>();
    List<Float> std = new ArrayList<>();
    for (int c = 0; c < channels; c++) {
      mean.add(0.5f);
      std.add(0.3f);
    }
    return new Model(
        network,
        weights,
        new RandomImages(1, channels, CLASSES).classes(),
        Preprocessing.unit(channels, task.size(), task.size()).then(new Normalize(mean, std)),
        Map.of());
  }

  private static Sequential withoutDropout(Sequential layers) {
    List<Layer> kept = new ArrayList<>();
    for (Layer layer : layers.layers()) {
      if (layer instanceof Sequential nested) {
        kept.add(withoutDropout(nested));
      } else {
        kept.add(layer instanceof Dropout ? new Dropout(0) : layer);
      }
    }
    return new Sequential(kept);
  }

  Network network() {
    return model.network();
  }

  Model model() {
    return model;
  }

  /** An image of the network's size, as it comes out of a file. */
  DecodedImage decoded() {
    return decoded;
  }

  /** The images and labels, as a data loader gives them. */
  Batch batch() {
    return batch;
  }

  /** (N, C, H, W). */
  float[] images() {
    return batch.images();
  }

  int[] labels() {
    return batch.labels();
  }

  /** N. */
  int count() {
    return batch.size();
  }

  /** (N, C, H, W). */
  Shape shape() {
    return network().input().withBatch(count());
  }
}
