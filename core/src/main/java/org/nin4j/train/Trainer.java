package org.nin4j.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.nin4j.data.DataLoader;
import org.nin4j.data.DatasetScan;
import org.nin4j.data.DatasetSplits;
import org.nin4j.data.Preprocessing;
import org.nin4j.engine.Engine;
import org.nin4j.engine.Precision;
import org.nin4j.engine.Weights;
import org.nin4j.internal.Workers;
import org.nin4j.io.Model;
import org.nin4j.nn.Network;

/**
 * Trains a network on a data set by a recipe. What it computes is a function of these, the seed,
 * the precision and the engine: the same again gives the same bits, also across an interruption and
 * on another number of threads.
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
  private String dataName;
  private long seed = 1;
  private Precision precision;
  private int threads = Runtime.getRuntime().availableProcessors();
  private Path folder;
  private boolean resuming;
  private DatasetScan scan;
  private volatile boolean stopRequested;

  /**
   * With seed 1 and the fastest precision of the engine.
   *
   * @param network takes images of the recipe's size
   */
  public Trainer(Engine engine, Network network, DatasetSplits data, Recipe recipe) {
    this.engine = engine;
    this.network = network;
    this.data = data;
    this.recipe = recipe;
    dataName = data.train().name();
    precision = Precision.fastest(engine);
    if (data.train().classes().size() != network.classes()) {
      throw new IllegalArgumentException(
          data.train().name()
              + " has "
              + data.train().classes().size()
              + " classes, but the network tells "
              + network.classes()
              + " apart");
    }
    if (network.input().height() != recipe.imageSize()
        || network.input().width() != recipe.imageSize()
        || network.input().channels() != data.train().channels()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the network takes images of %s, but the recipe and the data give 1x%dx%dx%d",
              network.input(),
              data.train().channels(),
              recipe.imageSize(),
              recipe.imageSize()));
    }
  }

  /** Another seed: for the first weights, the order of images, augmentation and Dropout. */
  public Trainer seed(long newSeed) {
    seed = newSeed;
    return this;
  }

  /** Another precision. */
  public Trainer precision(Precision newPrecision) {
    precision = newPrecision;
    return this;
  }

  /** Another number of threads than the machine has processors, at least 1; for the speed only. */
  public Trainer threads(int newThreads) {
    threads = newThreads;
    return this;
  }

  /**
   * What a run folder should say about where the images came from; of a folder the model tells only
   * the last name.
   */
  public Trainer dataName(String name) {
    dataName = name;
    return this;
  }

  /** Adds a listener, which is told how the training goes. */
  public Trainer listen(TrainingListener listener) {
    listeners.add(listener);
    return this;
  }

  /**
   * Keeps checkpoints in this folder, which exists: after each epoch, and where the training is
   * stopped.
   */
  public Trainer checkpointsIn(Path newFolder) {
    folder = newFolder;
    return this;
  }

  /** Goes on from the newest sound checkpoint in the folder. */
  public Trainer resume() {
    resuming = true;
    return this;
  }

  /** Asks the training to stop after the step under way; from any thread. */
  public void requestStop() {
    stopRequested = true;
  }

  /** All that identifies this training. */
  public TrainingSetup setup() {
    return new TrainingSetup(network, recipe, seed, precision, dataName, scan().fingerprint());
  }

  /**
   * Trains to the end, or until it is asked to stop.
   *
   * @throws IOException when a checkpoint or a listener's file cannot be written or read
   * @throws TrainingException when it cannot go on: a dead start, or a loss or weights that are no
   *     longer numbers
   */
  public TrainingResult train() throws IOException {
    Checkpoints checkpoints = folder == null ? null : new Checkpoints(folder, setup());
    TrainingState state =
        new TrainingState(
            recipe.initializer().initialize(network, seed),
            recipe.optimizer().create(network.parameters()));
    if (resuming && folder == null) {
      throw new IllegalStateException("to resume, say where the checkpoints are: checkpointsIn");
    }
    if (folder != null && !Files.isDirectory(folder)) {
      throw new IOException(folder + ": there is no such folder for checkpoints");
    }
    if (checkpoints != null && !resuming) {
      checkpoints.requireNone();
    }
    if (resuming && !checkpoints.restore(state, this::warn)) {
      warn("there is no checkpoint yet; starting from the beginning");
    }
    for (TrainingListener listener : listeners) {
      listener.onStart(List.copyOf(state.history));
    }
    Preprocessing preprocessing = preprocessing();
    DataLoader loader =
        DataLoader.shuffled(
            data.train(), preprocessing, recipe.batchSize(), recipe.augmentations(), seed);
    try (Workers workers = new Workers(threads, "nin4j-train");
        StepRunner runner =
            new StepRunner(engine, network, precision, recipe, seed, data.train().size(), workers);
        Evaluator evaluator =
            new Evaluator(engine, precision, network, preprocessing, data.test(), workers)) {
      TrainingLoop loop =
          new TrainingLoop(runner, loader, recipe, network, state, this::stopRequested);
      while (state.epoch() < recipe.epochs()) {
        double imagesPerSecond = loop.runEpoch(this::tell);
        if (imagesPerSecond < 0) {
          save(checkpoints, state);
          return result(state, preprocessing, runner.profile(), true);
        }
        finishEpoch(state, evaluator.evaluate(state.weights), imagesPerSecond);
        save(checkpoints, state);
        for (TrainingListener listener : listeners) {
          listener.onEpoch(List.copyOf(state.history));
        }
        if (stopRequested && state.epoch() < recipe.epochs()) {
          return result(state, preprocessing, runner.profile(), true);
        }
      }
      return result(state, preprocessing, runner.profile(), false);
    }
  }

  private void finishEpoch(TrainingState state, Evaluation test, double imagesPerSecond) {
    if (!Double.isFinite(test.loss())) {
      throw state.diverged(
          "the test loss after epoch " + (state.epoch() + 1) + " is " + test.loss());
    }
    state.finishEpoch(
        new EpochMetrics(
            state.epoch() + 1,
            state.lossSum / state.images,
            (double) state.correct / state.images,
            test.loss(),
            test.accuracy(),
            imagesPerSecond));
  }

  private static void save(Checkpoints checkpoints, TrainingState state) throws IOException {
    state.requireNumbers();
    if (checkpoints != null) {
      checkpoints.save(state);
    }
  }

  private DatasetScan scan() {
    if (scan == null) {
      scan = DatasetScan.of(data);
    }
    return scan;
  }

  private Preprocessing preprocessing() {
    return recipe.normalize()
        ? scan().normalizing(recipe.imageSize(), recipe.imageSize())
        : Preprocessing.unit(data.train().channels(), recipe.imageSize(), recipe.imageSize());
  }

  private TrainingResult result(
      TrainingState state,
      Preprocessing preprocessing,
      TrainingProfile profile,
      boolean interrupted) {
    Map<String, String> provenance = new TreeMap<>();
    provenance.put("data", withoutFolders(dataName));
    provenance.put("epochs", Integer.toString(state.epoch()));
    provenance.put("precision", precision.toString());
    provenance.put("recipe", RecipeJson.write(recipe).toString());
    provenance.put("seed", Long.toString(seed));
    String version = Trainer.class.getPackage().getImplementationVersion();
    provenance.put("nin4j_version", version == null ? "development" : version);
    if (!state.history.isEmpty()) {
      EpochMetrics last = state.history.get(state.history.size() - 1);
      provenance.put("test_accuracy", Double.toString(last.testAccuracy()));
      provenance.put("test_loss", Double.toString(last.testLoss()));
    }
    Weights weights = state.weights.copy();
    return new TrainingResult(
        new Model(network, weights, data.train().classes(), preprocessing, provenance),
        state.history,
        interrupted,
        profile);
  }

  /** The same images in another place make the same model file. */
  private static String withoutFolders(String name) {
    String trimmed = name.replaceAll("[/\\\\]+$", "");
    return trimmed.substring(trimmed.replace('\\', '/').lastIndexOf('/') + 1);
  }

  private boolean stopRequested() {
    return stopRequested;
  }

  private void tell(Progress progress) {
    listeners.forEach(listener -> listener.onBatch(progress));
  }

  private void warn(String message) {
    listeners.forEach(listener -> listener.onWarning(message));
  }
}
