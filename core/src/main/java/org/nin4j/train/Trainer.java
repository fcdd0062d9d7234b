package org.nin4j.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nin4j.data.DataSource;
import org.nin4j.data.DatasetScan;
import org.nin4j.data.DatasetSplits;
import org.nin4j.data.Preprocessing;
import org.nin4j.engine.Engine;
import org.nin4j.engine.Precision;
import org.nin4j.engine.PrecisionPolicy;
import org.nin4j.nn.Network;

/**
 * Sets up a training of a network on a data set with a recipe. The result of a training is a
 * function of these, the seed, the precision and the engine. Another run computes the same bits,
 * even when it is interrupted and resumed, or runs on another number of threads.
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
  private DataSource dataSource;
  private long seed = 1;
  private Precision precision;
  private int threads = Runtime.getRuntime().availableProcessors();

  /**
   * Creates a trainer with seed 1, the engine's fastest precision for training, and as many threads
   * as the machine has processors.
   *
   * @param engine the engine that computes
   * @param network the network to train. It must take images with the data's number of channels and
   *     have as many outputs as the data has classes. Images are resized to its input
   * @param data the images to train on and those to test on
   * @param recipe the hyperparameters
   * @throws IllegalArgumentException when the channels or the classes of the network are not those
   *     of the data
   */
  public Trainer(Engine engine, Network network, DatasetSplits data, Recipe recipe) {
    this.engine = engine;
    this.network = network;
    this.data = data;
    this.recipe = recipe;
    dataSource = new DataSource(data.train().name());
    precision = PrecisionPolicy.forTraining(engine);
    int classes = data.train().classes().size();
    if (classes != network.classes()) {
      throw new IllegalArgumentException(
          data.train().name()
              + " has "
              + classes
              + " classes, but the network has "
              + network.classes()
              + " outputs");
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

  /**
   * Sets the seed of the initial weights, the order of the images, the augmentation and Dropout; 1
   * by default.
   *
   * @param newSeed any number
   * @return this trainer
   */
  public Trainer seed(long newSeed) {
    seed = newSeed;
    return this;
  }

  /**
   * Sets the precision of the arithmetic; by default the engine's fastest one for training.
   *
   * @param newPrecision a precision that the engine supports for training
   * @return this trainer
   */
  public Trainer precision(Precision newPrecision) {
    precision = newPrecision;
    return this;
  }

  /**
   * Sets the number of threads; by default as many as the machine has processors. It affects speed
   * only, never the result.
   *
   * @param newThreads number of threads, at least 1
   * @return this trainer
   */
  public Trainer threads(int newThreads) {
    threads = newThreads;
    return this;
  }

  /**
   * Sets the source of the images, which is recorded with the training. A model records only the
   * last name of a folder's path, so that it contains no paths of the machine that it was trained
   * on. By default the name of the training images is recorded.
   *
   * @param newSource the name or folder of the data set, and how it was opened
   * @return this trainer
   */
  public Trainer dataSource(DataSource newSource) {
    dataSource = newSource;
    return this;
  }

  /**
   * Adds a listener.
   *
   * @param listener receives all events of the training, on the thread that trains
   * @return this trainer
   */
  public Trainer listen(TrainingListener listener) {
    listeners.add(listener);
    return this;
  }

  /**
   * Sets a store, which receives a checkpoint after each epoch and when the training is stopped. If
   * the store already has a checkpoint of this training, the training resumes from it. By default
   * there is no store.
   *
   * @param newStore the store
   * @return this trainer
   */
  public Trainer store(TrainingStore newStore) {
    store = Optional.of(newStore);
    return this;
  }

  /**
   * Prepares a training, which can then be run, observed and stopped. Scans the data set once.
   * Images that are read from image files are resized with antialiasing, others without.
   *
   * @return the training, which has not started yet
   * @throws IllegalArgumentException when the number of threads is below 1, or the recipe has a
   *     patience but the data set has no validation images
   */
  public Training prepare() {
    if (threads < 1) {
      throw new IllegalArgumentException("there must be at least 1 thread, but got " + threads);
    }
    if (recipe.patience().isPresent() && data.validation().isEmpty()) {
      throw new IllegalArgumentException(
          "the recipe stops early by the validation score, but "
              + dataSource.name()
              + " has no validation images; hold some out, or use a recipe without patience");
    }
    DatasetScan scan = DatasetScan.of(data);
    TrainingSetup setup =
        new TrainingSetup(network, recipe, seed, precision, dataSource, scan.fingerprint());
    return new Training(engine, data, setup, preprocessing(scan), threads, store, listeners);
  }

  /** Image files may be much larger than the network's input, and are resized with antialiasing. */
  private Preprocessing preprocessing(DatasetScan scan) {
    int height = network.input().height();
    int width = network.input().width();
    Preprocessing bilinear =
        recipe.normalize()
            ? scan.normalizing(height, width)
            : Preprocessing.unit(data.train().channels(), height, width);
    return data.train().isDecodedOnDemand() ? bilinear.antialiased() : bilinear;
  }

  /**
   * Prepares a training and runs it to its end on the calling thread.
   *
   * @return the model and the metrics of each epoch
   * @throws IllegalArgumentException when the number of threads is below 1
   * @throws IOException when the store cannot be read or written
   * @throws TrainingException when the training fails; see {@link Training#run}
   * @throws org.nin4j.engine.EngineException when the engine cannot train the network, or memory
   *     does not suffice
   */
  public TrainingResult train() throws IOException {
    return prepare().run();
  }
}
