package org.nin4j.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nin4j.data.DatasetScan;
import org.nin4j.data.DatasetSplits;
import org.nin4j.data.Preprocessing;
import org.nin4j.engine.Engine;
import org.nin4j.engine.Precision;
import org.nin4j.engine.PrecisionPolicy;
import org.nin4j.nn.Network;

/**
 * Says what to train: a network, on a data set, by a recipe. What a training computes is a function
 * of these, the seed, the precision and the engine: the same again gives the same bits, also across
 * an interruption and on another number of threads.
 *
 * <pre>{@code
 * Model model = new Trainer(Engines.best(), network, Datasets.sample(), Recipe.DEFAULT).train().model();
 * }</pre>
 */
public final class Trainer {
  private final Engine engine;
  private final Network network;
  private final DatasetSplits data;
  private final Recipe recipe;
  private final List<TrainingListener> listeners = new ArrayList<>();
  private Optional<TrainingStore> store = Optional.empty();
  private String dataName;
  private long seed = 1;
  private Precision precision;
  private int threads = Runtime.getRuntime().availableProcessors();

  /**
   * Says what to train, with seed 1 and the fastest precision of the engine.
   *
   * @param network takes images with the data's number of channels, and has an output for each of
   *     the data's classes; images are resized to its input
   * @throws IllegalArgumentException when the network does not fit the data
   */
  public Trainer(Engine engine, Network network, DatasetSplits data, Recipe recipe) {
    this.engine = engine;
    this.network = network;
    this.data = data;
    this.recipe = recipe;
    dataName = data.train().name();
    precision = PrecisionPolicy.forTraining(engine);
    int classes = data.train().classes().size();
    if (classes != network.classes()) {
      throw new IllegalArgumentException(
          data.train().name()
              + " has "
              + classes
              + " classes, but the network tells "
              + network.classes()
              + " apart");
    }
    int channels = data.train().channels();
    if (network.input().channels() != channels) {
      throw new IllegalArgumentException(
          "the network takes images of "
              + network.input()
              + ", but those of "
              + data.train().name()
              + " have "
              + channels
              + (channels == 1 ? " channel" : " channels"));
    }
  }

  /** Sets the seed of the first weights, the order of images, augmentation and Dropout. */
  public Trainer seed(long newSeed) {
    seed = newSeed;
    return this;
  }

  /** Sets the precision of the arithmetic. */
  public Trainer precision(Precision newPrecision) {
    precision = newPrecision;
    return this;
  }

  /**
   * Sets the number of threads, at least 1; by default as many as the machine has processors. It
   * decides the speed and nothing else.
   */
  public Trainer threads(int newThreads) {
    threads = newThreads;
    return this;
  }

  /**
   * Sets where the images came from, for whoever keeps the training; by default the name of the
   * training set. Of a folder the model keeps only the last name.
   */
  public Trainer dataName(String name) {
    dataName = name;
    return this;
  }

  /** Adds a listener, which receives all events of the training. */
  public Trainer listen(TrainingListener listener) {
    listeners.add(listener);
    return this;
  }

  /**
   * Sets what keeps the training: it receives a checkpoint after each epoch and where the training
   * is stopped, and the training continues from the checkpoint that it has, if it has one.
   */
  public Trainer store(TrainingStore newStore) {
    store = Optional.of(newStore);
    return this;
  }

  /**
   * Prepares a training, which can then be run, watched and stopped. Reads all images once.
   *
   * @throws IllegalArgumentException when the number of threads is below 1
   */
  public Training prepare() {
    if (threads < 1) {
      throw new IllegalArgumentException("there must be at least 1 thread, but got " + threads);
    }
    DatasetScan scan = DatasetScan.of(data);
    int height = network.input().height();
    int width = network.input().width();
    Preprocessing preprocessing =
        recipe.normalize()
            ? scan.normalizing(height, width)
            : Preprocessing.unit(data.train().channels(), height, width);
    TrainingSetup setup =
        new TrainingSetup(network, recipe, seed, precision, dataName, scan.fingerprint());
    return new Training(engine, data, setup, preprocessing, threads, store, listeners);
  }

  /**
   * Prepares a training and runs it to its end on the calling thread.
   *
   * @throws IOException when the store cannot be read or written
   * @throws TrainingException when the training cannot go on; see {@link Training#run}
   */
  public TrainingResult train() throws IOException {
    return prepare().run();
  }
}
