package org.nin4j.spark;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import org.nin4j.data.DecodedImage;
import org.nin4j.data.ImageDataset;
import org.nin4j.engine.Engine;
import org.nin4j.engine.Precision;
import org.nin4j.io.PreprocessingJson;
import org.nin4j.nn.NetworkJson;
import org.nin4j.train.RecipeJson;
import org.nin4j.train.ShardSpec;

/** What executors need to know of a training, besides weights and images. Sent to each once. */
final class TrainingMessage implements Serializable {
  private static final long serialVersionUID = 1;

  private static final String SOURCE = "the training on the cluster";

  private final String network;
  private final String recipe;
  private final long seed;
  private final Precision precision;
  private final String preprocessing;
  private final String[] frozen;
  private final String name;
  private final int[] labels;
  private final String[] classes;
  private final int channels;
  private final int numWorkers;
  private final String engine;

  TrainingMessage(ShardSpec spec, ImageDataset images, int numWorkers, Engine engine) {
    network = NetworkJson.write(spec.network());
    recipe = RecipeJson.write(spec.recipe());
    seed = spec.seed();
    precision = spec.precision();
    preprocessing = PreprocessingJson.write(spec.preprocessing());
    frozen = spec.frozen().toArray(String[]::new);
    name = images.name();
    labels = new int[images.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = images.label(i);
    }
    classes = images.classes().toArray(String[]::new);
    channels = images.channels();
    this.numWorkers = numWorkers;
    this.engine = engine.description();
  }

  ShardSpec spec() {
    Set<String> paths = new LinkedHashSet<>(List.of(frozen));
    return new ShardSpec(
        NetworkJson.read(network, SOURCE),
        RecipeJson.read(recipe, SOURCE),
        seed,
        precision,
        PreprocessingJson.read(preprocessing, SOURCE),
        paths);
  }

  /** Returns the training images, of which a function gives those that are asked for. */
  ImageDataset images(IntFunction<DecodedImage> images) {
    return new LabelledSet(name, labels, List.of(classes), channels, images);
  }

  /** The number of workers that share the shards of a step. */
  int numWorkers() {
    return numWorkers;
  }

  /**
   * Requires that an executor computes the bits that the driver would.
   *
   * @throws IllegalStateException when its engine or its processor is of another kind
   */
  void requireSame(Engine own) {
    if (!own.description().equals(engine)) {
      throw new IllegalStateException(
          "an executor computes with "
              + own.description()
              + ", but the driver with "
              + engine
              + ", which gives other bits; use machines of one kind, or set the environment"
              + " variable ONEDNN_MAX_CPU_ISA to what all of them have");
    }
  }

  List<String> classes() {
    return List.of(classes);
  }

  int channels() {
    return channels;
  }

  byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(this);
    } catch (IOException e) {
      throw new IllegalStateException("memory cannot be written", e);
    }
    return bytes.toByteArray();
  }

  static TrainingMessage of(byte[] bytes) {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      return (TrainingMessage) in.readObject();
    } catch (IOException | ClassNotFoundException e) {
      throw new IllegalStateException(
          "driver and executors have different versions of NiN4J; use the same on all", e);
    }
  }
}
