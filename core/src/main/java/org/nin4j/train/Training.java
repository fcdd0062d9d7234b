package org.nin4j.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.nin4j.data.Batching;
import org.nin4j.data.CachedImages;
import org.nin4j.data.DataLoader;
import org.nin4j.data.DatasetSplits;
import org.nin4j.data.ImageDataset;
import org.nin4j.data.Preprocessing;
import org.nin4j.engine.Engine;
import org.nin4j.engine.PlanSpec;
import org.nin4j.engine.Weights;
import org.nin4j.evaluate.Evaluation;
import org.nin4j.evaluate.Evaluator;
import org.nin4j.internal.Workers;
import org.nin4j.io.Model;
import org.nin4j.io.SourceModel;
import org.nin4j.nn.Network;
import org.nin4j.train.EpochEvaluator.Evaluated;
import org.nin4j.train.TrainingEvent.CheckpointSaved;
import org.nin4j.train.TrainingEvent.Ended;
import org.nin4j.train.TrainingEvent.EpochDone;
import org.nin4j.train.TrainingEvent.ModelImproved;
import org.nin4j.train.TrainingEvent.Started;
import org.nin4j.train.TrainingEvent.StepDone;
import org.nin4j.train.TrainingEvent.Warning;
import org.nin4j.train.TrainingLoop.EpochRun;

/**
 * A training that can be run once. {@link #run} trains on the calling thread; meanwhile any other
 * thread may ask for its {@link #state} and {@link #progress}, or {@link #stop} it. A {@link
 * Trainer} prepares it.
 */
public final class Training {
  /** The states of a training. */
  public enum State {
    /** {@link Training#run} has not been called yet. */
    READY,
    /** The training is running. */
    RUNNING,
    /** The training has completed its last epoch, or was stopped. */
    ENDED,
    /** The training has failed: {@link Training#run} has thrown an exception. */
    FAILED
  }

  private final Engine engine;
  private final DatasetSplits data;
  private final ImageDataset trained;
  private final TrainingSetup setup;
  private final Optional<SourceModel> source;
  private final Preprocessing preprocessing;
  private final int threads;
  private final Optional<TrainingCluster> cluster;
  private final Optional<TrainingStore> store;
  private final Listeners listeners;
  private final AtomicReference<State> state = new AtomicReference<>(State.READY);
  private volatile boolean stopRequested;
  private volatile Progress progress;

  /**
   * @param source the model that the training starts from; if it is empty although the setup has a
   *     start, the model is read again unless there is a checkpoint
   */
  Training(
      Engine engine,
      DatasetSplits data,
      TrainingSetup setup,
      Optional<SourceModel> source,
      Preprocessing preprocessing,
      int threads,
      Optional<TrainingCluster> cluster,
      Optional<TrainingStore> store,
      List<TrainingListener> listeners) {
    this.engine = engine;
    this.data = data;
    trained = cluster.isPresent() ? data.train() : cached(data.train());
    this.setup = setup;
    this.source = source;
    this.preprocessing = preprocessing;
    this.threads = threads;
    this.cluster = cluster;
    this.store = store;
    this.listeners = new Listeners(store, listeners);
  }

  /**
   * Returns what identifies this training.
   *
   * @return the setup
   */
  public TrainingSetup setup() {
    return setup;
  }

  /**
   * Returns the state of this training.
   *
   * @return the current state
   */
  public State state() {
    return state.get();
  }

  /**
   * Returns the progress of this training.
   *
   * @return the progress after the last step; empty before the first step
   */
  public Optional<Progress> progress() {
    return Optional.ofNullable(progress);
  }

  /**
   * Asks the training to end after the current step, and to save a checkpoint if it has a store.
   * Returns at once, and may be called from any thread.
   */
  public void stop() {
    stopRequested = true;
  }

  /**
   * Trains to the end of the last epoch, or until {@link #stop} is called.
   *
   * @return the model and the metrics of each epoch
   * @throws IOException when the store cannot be read or written, or the model to start from cannot
   *     be read again
   * @throws TrainingException when the training fails: after a dead start, or when a loss, a
   *     gradient or a weight is no longer a finite number
   * @throws org.nin4j.engine.EngineException when the engine cannot train the network, or memory
   *     does not suffice
   * @throws IllegalStateException when this training has been run before
   */
  public TrainingResult run() throws IOException {
    if (!state.compareAndSet(State.READY, State.RUNNING)) {
      throw new IllegalStateException("this training has been run before; prepare another one");
    }
    try {
      TrainingResult result = train();
      state.set(State.ENDED);
      return result;
    } catch (IOException | RuntimeException | Error e) {
      state.set(State.FAILED);
      listeners.publishFailure(e);
      throw e;
    }
  }

  private TrainingResult train() throws IOException {
    Network network = setup.network();
    Recipe recipe = setup.recipe();
    TrainingState current = new TrainingState(Weights.zeros(network), setup.createOptimizer());
    if (!restore(current)) {
      current.weights.set(initialWeights());
    }
    Optional<TrainingCluster.Session> session = cluster.map(it -> it.open(spec()));
    try (TrainingSteps steps = session.map(this::clusterSteps).orElseGet(this::localSteps);
        EpochEvaluator evaluator =
            new EpochEvaluator(
                recipe, data, images -> evaluator(session, images, model(current)))) {
      List<StepCheck> checks =
          List.of(new DivergenceCheck(current), new DeadStartCheck(network, setup.frozen()));
      Batching batching = spec().batching(trained.size());
      TrainingLoop loop = new TrainingLoop(steps, batching, recipe, current, checks);
      listeners.publish(
          new Started(
              setup,
              engine.description(),
              ImageCounts.of(data),
              data.leftOut(),
              current.history,
              current.optimizer.steps()));
      if (current.steps() == 0 && evaluator.hasImproved(current.history)) {
        // The training may have been killed after the checkpoint, but before this event.
        listeners.publish(new ModelImproved(current.history, model(current)));
      }
      Optional<Evaluation> evaluation = Optional.empty();
      boolean interrupted = false;
      while (!interrupted && !evaluator.isComplete(current.history)) {
        EpochRun epoch = loop.runEpoch(this::stepDone);
        if (epoch.completed()) {
          Evaluated evaluated = evaluator.evaluate(current, epoch.imagesPerSecond());
          evaluation = Optional.of(evaluated.evaluation());
          EpochMetrics metrics = evaluated.metrics();
          current.finishEpoch(
              metrics, recipe.schedule().after(metrics.watchedLoss(), current.schedule));
        }
        save(current);
        if (epoch.completed()) {
          Model model = model(current);
          listeners.publish(new EpochDone(current.history, evaluation.get(), model));
          if (evaluator.hasImproved(current.history)) {
            listeners.publish(new ModelImproved(current.history, model));
          }
        }
        interrupted = stopRequested && !evaluator.isComplete(current.history);
      }
      TrainingResult result =
          new TrainingResult(
              model(current), current.history, evaluation, interrupted, steps.profile());
      listeners.publish(new Ended(result));
      return result;
    }
  }

  private ShardSpec spec() {
    return ShardSpec.of(setup, preprocessing);
  }

  private TrainingSteps clusterSteps(TrainingCluster.Session session) {
    return new ClusterSteps(session, spec(), trained.size(), threads);
  }

  private TrainingSteps localSteps() {
    DataLoader loader = loader();
    return new LocalSteps(stepRunner(loader, new Workers(threads, "nin4j-train")), loader);
  }

  private EpochEvaluator.ImageEvaluator evaluator(
      Optional<TrainingCluster.Session> session, ImageDataset images, Model model) {
    return session.isPresent()
        ? new ClusterEvaluator(session.get(), images, model)
        : new LocalEvaluator(
            new Evaluator(engine, setup.precision(), model, cached(images), threads));
  }

  /** Creates the loader of the batches to train on. */
  DataLoader loader() {
    return spec().loading(trained).build();
  }

  /** Returns the runner of the training's steps, which closes the threads with itself. */
  StepRunner stepRunner(DataLoader loader, Workers workers) {
    return new StepRunner(
        engine,
        PlanSpec.of(setup.network(), 1, setup.precision()).withFrozen(setup.frozen()),
        setup.recipe(),
        setup.seed(),
        loader.images(),
        setup.recipe().balance().weights(data.train()),
        workers);
  }

  private Model model(TrainingState current) {
    return new Model(
        setup.network(),
        current.evaluated().copy(),
        data.train().classes(),
        preprocessing,
        Provenance.of(setup, current.history));
  }

  /** Keeps images that are decoded from files in memory, as far as there is enough. */
  private static ImageDataset cached(ImageDataset images) {
    return images.isDecodedOnDemand() ? new CachedImages(images) : images;
  }

  /**
   * Returns the weights of the first step: those of the model that the training starts from, as far
   * as they are taken over, and the initializer's. Data initializers fit layers to random layers
   * before them, so they are left out when a training starts from a model.
   */
  Weights initialWeights() throws IOException {
    Weights weights = setup.recipe().initializer().initialize(setup.network(), setup.seed());
    if (setup.start().isPresent()) {
      StartingWeights.copyTo(weights, setup, source, data.train().classes());
    } else {
      DataInitialization.apply(
          setup.recipe().dataInitializers(),
          engine,
          setup.network(),
          weights,
          trained,
          preprocessing,
          setup.seed());
    }
    return weights;
  }

  /** Returns whether there was a checkpoint to restore the state from. */
  private boolean restore(TrainingState current) throws IOException {
    if (store.isEmpty()) {
      return false;
    }
    List<String> warnings = new ArrayList<>();
    try {
      Optional<Checkpoint> checkpoint = store.get().restore(setup, warnings::add);
      checkpoint.ifPresent(current::restore);
      return checkpoint.isPresent();
    } finally {
      for (String warning : warnings) {
        listeners.publish(new Warning(warning));
      }
    }
  }

  private boolean stepDone(StepDone step) throws IOException {
    progress = step.progress();
    listeners.publish(step);
    return !stopRequested;
  }

  private void save(TrainingState current) throws IOException {
    current.requireFinite();
    if (store.isPresent()) {
      store.get().save(current.checkpoint(setup));
      listeners.publish(new CheckpointSaved(current.epoch(), current.steps()));
    }
  }
}
