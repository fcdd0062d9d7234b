package org.nin4j.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.nin4j.data.DataSource;
import org.nin4j.data.DatasetScan;
import org.nin4j.data.DatasetSplits;
import org.nin4j.data.Preprocessing;
import org.nin4j.engine.Engine;
import org.nin4j.engine.Precision;
import org.nin4j.engine.PrecisionPolicy;
import org.nin4j.error.InvalidModelException;
import org.nin4j.io.Model;
import org.nin4j.io.SourceModel;
import org.nin4j.nn.Network;

/**
 * Sets up a training of a network on a data set with a recipe. The result of a training is a
 * function of these, the seed, the precision and the engine. Another run computes the same bits,
 * even when it is interrupted and resumed, or runs on another number of threads.
 *
 * <pre>{@code
 * Model model = new Trainer(Engines.best(), network, Datasets.sample(), Recipe.DEFAULT).train().model();
 * }</pre>
 *
 * <p>Fine-tuning starts from the weights of a trained model:
 *
 * <pre>{@code
 * Model source = Models.read(Path.of("digits.safetensors"));
 * Network network = source.network().withClasses(data.train().classes().size());
 * Model model = new Trainer(engine, network, data, recipe).from(source).freeze("0").train().model();
 * }</pre>
 */
public final class Trainer {
  private final Engine engine;
  private final Network network;
  private final DatasetSplits data;
  private final Recipe recipe;
  private final List<TrainingListener> listeners = new ArrayList<>();
  private Optional<TrainingCluster> cluster = Optional.empty();
  private Optional<TrainingStore> store = Optional.empty();
  private Optional<SourceModel> source = Optional.empty();
  private Optional<Start> start = Optional.empty();
  private Set<String> frozen = Set.of();
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
   * Creates a trainer for the training that a setup describes, to resume or to repeat it.
   *
   * @param engine the engine that computes; another kind of engine than before gives other bits
   * @param data the same images as before
   * @param setup the setup of the training
   * @return a trainer with the setup's network, recipe, seed, precision, start and frozen layers
   */
  public static Trainer of(Engine engine, DatasetSplits data, TrainingSetup setup) {
    Trainer trainer =
        new Trainer(engine, setup.network(), data, setup.recipe())
            .seed(setup.seed())
            .precision(setup.precision())
            .dataSource(setup.data());
    trainer.start = setup.start();
    return setup.frozen().isEmpty()
        ? trainer
        : trainer.freeze(setup.frozen().toArray(String[]::new));
  }

  /**
   * Starts from the weights of a trained model, which is fine-tuning; by default all weights are
   * initialized by the recipe. Does what {@link #from(SourceModel)} does. A training that starts
   * from a model in memory cannot be resumed before its first checkpoint.
   *
   * @param model the trained model
   * @return this trainer
   * @throws InvalidModelException when the model is quantized
   * @throws IllegalArgumentException when the network can take over nothing from the model
   */
  public Trainer from(Model model) {
    return from(SourceModel.of(model));
  }

  /**
   * Starts from the weights of a trained model, which is fine-tuning; by default all weights are
   * initialized by the recipe. Parameters and the running statistics of BatchNorm2d are taken over
   * where their names and shapes are those of the model. The recipe initializes the others. If the
   * classes of the data are not those of the model, in the same order, all layers of the network's
   * {@linkplain Network#head() head} are initialized by the recipe.
   *
   * <p>The images are prepared as the model expects them: the mean, the standard deviation and the
   * way of resizing are the model's, whatever the recipe says. Only images that are read from image
   * files are always resized with antialiasing.
   *
   * @param model the trained model, and where it was read from
   * @return this trainer
   * @throws InvalidModelException when the model is quantized
   * @throws IllegalArgumentException when the network can take over nothing from the model, or the
   *     model takes images with another number of channels
   */
  public Trainer from(SourceModel model) {
    Model trained = model.model();
    if (trained.quantization() != null) {
      throw new InvalidModelException(
          model.name().map(name -> name + ": ").orElse("the model to start from ")
              + "is quantized and cannot be trained; start from the model that it was made from");
    }
    if (trained.preprocessing().channels() != network.input().channels()) {
      throw new IllegalArgumentException(
          "the model to start from takes images with "
              + trained.preprocessing().channels()
              + " channels, but the network takes images of "
              + network.input());
    }
    WeightTransfer transfer = WeightTransfer.of(trained, network, data.train().classes());
    Preprocessing preprocessing =
        forImages(
            trained.preprocessing().withSize(network.input().height(), network.input().width()));
    source = Optional.of(model);
    start = Optional.of(new Start(model.name(), model.sha256(), preprocessing, transfer.renewed()));
    return this;
  }

  /**
   * Freezes layers: their weights stay what they are at the start, and a BatchNorm2d normalizes by
   * its running statistics and does not change them. By default nothing is frozen.
   *
   * @param paths paths of layers or of blocks, such as {@code 0} for the whole first block; see
   *     {@link Network#blocks()}
   * @return this trainer
   * @throws IllegalArgumentException when a path is not that of a layer or block with parameters,
   *     or when no parameters are left to train
   */
  public Trainer freeze(String... paths) {
    frozen = FrozenLayers.of(network, List.of(paths));
    return this;
  }

  /**
   * Freezes all blocks before the {@linkplain Network#head() head} of the network, as {@link
   * #freeze} does.
   *
   * @return this trainer
   */
  public Trainer freezeAllButHead() {
    return freeze(FrozenLayers.allButHead(network).toArray(String[]::new));
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
   * Sets a cluster that computes the steps and the evaluations; by default this process does. It
   * affects speed only, never the result, as long as its processors compute the same bits as this
   * one. The images of the data set are still read in this process once, for their fingerprint.
   *
   * @param newCluster the cluster
   * @return this trainer
   */
  public Trainer cluster(TrainingCluster newCluster) {
    cluster = Optional.of(newCluster);
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
   * @throws IllegalArgumentException when the number of threads is below 1, the recipe has a
   *     patience but the data set has no validation images, or it has a parameter group of a layer
   *     that the network does not have
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
    UpdateFactors.of(network.parameters(), recipe.parameterGroups());
    DatasetScan scan = DatasetScan.of(data);
    TrainingSetup setup =
        new TrainingSetup(
            network, recipe, seed, precision, dataSource, scan.fingerprint(), start, frozen);
    Preprocessing preprocessing =
        start.map(Start::preprocessing).orElseGet(() -> preprocessing(scan));
    return new Training(
        engine, data, setup, source, preprocessing, threads, cluster, store, listeners);
  }

  private Preprocessing preprocessing(DatasetScan scan) {
    Preprocessing stretched =
        Preprocessing.unit(
            data.train().channels(), network.input().height(), network.input().width());
    return forImages(recipe.normalization().apply(recipe.resizing().apply(stretched), scan));
  }

  /** Image files may be much larger than the network's input, and are resized with antialiasing. */
  private Preprocessing forImages(Preprocessing preprocessing) {
    return data.train().isDecodedOnDemand() ? preprocessing.antialiased() : preprocessing;
  }

  /**
   * Prepares a training and runs it to its end on the calling thread.
   *
   * @return the model and the metrics of each epoch
   * @throws IllegalArgumentException when the number of threads is below 1
   * @throws IOException when the store cannot be read or written, or the model to start from cannot
   *     be read again
   * @throws TrainingException when the training fails; see {@link Training#run}
   * @throws org.nin4j.engine.EngineException when the engine cannot train the network, or memory
   *     does not suffice
   */
  public TrainingResult train() throws IOException {
    return prepare().run();
  }
}
