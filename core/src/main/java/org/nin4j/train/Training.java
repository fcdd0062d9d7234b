package org.nin4j.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.nin4j.data.DataLoader;
import org.nin4j.data.DatasetSplits;
import org.nin4j.data.Preprocessing;
import org.nin4j.engine.Engine;
import org.nin4j.internal.Workers;
import org.nin4j.io.Model;
import org.nin4j.nn.Network;
import org.nin4j.train.TrainingEvent.CheckpointSaved;
import org.nin4j.train.TrainingEvent.Ended;
import org.nin4j.train.TrainingEvent.EpochDone;
import org.nin4j.train.TrainingEvent.Started;
import org.nin4j.train.TrainingEvent.StepDone;
import org.nin4j.train.TrainingEvent.Warning;
import org.nin4j.train.TrainingLoop.EpochRun;

/**
 * A training that can be run once: {@link #run} does it on the calling thread, while any other
 * thread may ask for its {@link #state}, or {@link #stop} it. A {@link Trainer} prepares it.
 */
public final class Training {
  /** Where a training is in its life. */
  public enum State {
    /** {@link Training#run} has not been called. */
    READY,
    /** The training is under way. */
    RUNNING,
    /** It has done its last epoch, or was asked to stop. */
    ENDED,
    /** It could not go on. */
    FAILED
  }

  private final Engine engine;
  private final DatasetSplits data;
  private final TrainingSetup setup;
  private final Preprocessing preprocessing;
  private final int threads;
  private final Optional<TrainingStore> store;
  private final Listeners listeners;
  private final AtomicReference<State> state = new AtomicReference<>(State.READY);
  private volatile boolean stopRequested;
  private volatile Progress progress;

  Training(
      Engine engine,
      DatasetSplits data,
      TrainingSetup setup,
      Preprocessing preprocessing,
      int threads,
      Optional<TrainingStore> store,
      List<TrainingListener> listeners) {
    this.engine = engine;
    this.data = data;
    this.setup = setup;
    this.preprocessing = preprocessing;
    this.threads = threads;
    this.store = store;
    this.listeners = new Listeners(store, listeners);
  }

  /** Returns all that identifies this training. */
  public TrainingSetup setup() {
    return setup;
  }

  /** Returns where this training is in its life. */
  public State state() {
    return state.get();
  }

  /** Returns how far this training is; empty before its first step. */
  public Optional<Progress> progress() {
    return Optional.ofNullable(progress);
  }

  /** Asks the training to save its state and end after the step under way; from any thread. */
  public void stop() {
    stopRequested = true;
  }

  /**
   * Trains to the end, or until {@link #stop} is called.
   *
   * @throws IOException when the store cannot be read or written
   * @throws TrainingException when the training cannot go on: a dead start, or a loss or weights
   *     that are no longer numbers
   * @throws org.nin4j.engine.EngineException when the engine cannot train the network, or memory
   *     does not suffice
   * @throws IllegalStateException when this training has been run before
   */
  public TrainingResult run() throws IOException {
    if (!state.compareAndSet(State.READY, State.RUNNING)) {
      throw new IllegalStateException("this training has been run; prepare another one");
    }
    try {
      TrainingResult result = train();
      state.set(State.ENDED);
      return result;
    } catch (IOException | RuntimeException | Error e) {
      state.set(State.FAILED);
      listeners.fail(e);
      throw e;
    }
  }

  private TrainingResult train() throws IOException {
    Network network = setup.network();
    Recipe recipe = setup.recipe();
    TrainingState current =
        new TrainingState(
            recipe.initializer().initialize(network, setup.seed()),
            recipe.optimizer().create(network.parameters()));
    restore(current);
    DataLoader loader =
        DataLoader.shuffled(
            data.train(), preprocessing, recipe.batchSize(), recipe.augmentations(), setup.seed());
    try (Workers workers = new Workers(threads, "nin4j-train");
        StepRunner runner =
            new StepRunner(
                engine,
                network,
                setup.precision(),
                recipe,
                setup.seed(),
                data.train().size(),
                workers);
        Evaluator evaluator =
            new Evaluator(
                engine,
                setup.precision(),
                network,
                preprocessing,
                data.validationOrTest(),
                workers)) {
      List<StepCheck> checks = List.of(new Divergence(current), new DeadStart(network));
      TrainingLoop loop = new TrainingLoop(runner, loader, recipe, current, checks);
      listeners.tell(new Started(setup, engine.description(), current.history));
      boolean interrupted = false;
      while (!interrupted && current.epoch() < recipe.epochs()) {
        EpochRun epoch = loop.runEpoch(this::stepDone);
        if (epoch.completed()) {
          finishEpoch(current, evaluator.evaluate(current.weights), epoch.imagesPerSecond());
        }
        save(current);
        if (epoch.completed()) {
          listeners.tell(new EpochDone(current.history));
        }
        interrupted = stopRequested && current.epoch() < recipe.epochs();
      }
      TrainingResult result =
          new TrainingResult(model(current), current.history, interrupted, runner.profile());
      listeners.tell(new Ended(result));
      return result;
    }
  }

  private void restore(TrainingState current) throws IOException {
    if (store.isEmpty()) {
      return;
    }
    List<String> warnings = new ArrayList<>();
    try {
      store.get().restore(setup, warnings::add).ifPresent(current::restore);
    } finally {
      for (String warning : warnings) {
        listeners.tell(new Warning(warning));
      }
    }
  }

  private boolean stepDone(StepDone step) throws IOException {
    progress = step.progress();
    listeners.tell(step);
    return !stopRequested;
  }

  private void finishEpoch(TrainingState current, Evaluation test, double imagesPerSecond) {
    int epoch = current.epoch() + 1;
    if (!Double.isFinite(test.loss())) {
      throw current.diverged("the test loss after epoch " + epoch + " is " + test.loss());
    }
    EpochMetrics metrics =
        new EpochMetrics(
            epoch,
            current.meanLoss(),
            current.accuracy(),
            test.loss(),
            test.accuracy(),
            imagesPerSecond);
    current.finishEpoch(metrics, setup.recipe().schedule().after(metrics, current.schedule));
  }

  private void save(TrainingState current) throws IOException {
    current.requireNumbers();
    if (store.isPresent()) {
      store.get().save(current.checkpoint(setup));
      listeners.tell(new CheckpointSaved(current.epoch(), current.steps()));
    }
  }

  private Model model(TrainingState current) {
    Map<String, String> provenance = new TreeMap<>();
    provenance.put("data", withoutFolders(setup.data()));
    provenance.put("epochs", Integer.toString(current.epoch()));
    provenance.put("precision", setup.precision().toString());
    provenance.put("recipe", RecipeJson.write(setup.recipe()));
    provenance.put("seed", Long.toString(setup.seed()));
    String version = Training.class.getPackage().getImplementationVersion();
    provenance.put("nin4j_version", version == null ? "development" : version);
    if (!current.history.isEmpty()) {
      EpochMetrics last = current.history.get(current.history.size() - 1);
      provenance.put("test_accuracy", Double.toString(last.testAccuracy()));
      provenance.put("test_loss", Double.toString(last.testLoss()));
    }
    return new Model(
        setup.network(), current.weights.copy(), data.train().classes(), preprocessing, provenance);
  }

  /** The same images in another folder make the same model file. */
  private static String withoutFolders(String name) {
    String trimmed = name.replaceAll("[/\\\\]+$", "");
    return trimmed.substring(trimmed.replace('\\', '/').lastIndexOf('/') + 1);
  }
}
