package org.nin4j.tracking;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.nin4j.data.DatasetSplits;
import org.nin4j.engine.Engine;
import org.nin4j.train.Checkpoint;
import org.nin4j.train.ImageCounts;
import org.nin4j.train.Trainer;
import org.nin4j.train.TrainingEvent;
import org.nin4j.train.TrainingSetup;
import org.nin4j.train.TrainingStore;

/**
 * A folder that stores a training: {@code run.json} (the setup and the status), {@code metrics.csv}
 * (a line for each epoch), {@code steps.csv} (a line for each step), {@code log.txt} (what the
 * training said), {@code model.safetensors} with its card {@code model.md}, and the last
 * checkpoints; with validation images, also the model of the best epoch and its card. Each file but
 * the steps and the log, which grow line by line, is written atomically.
 *
 * <pre>{@code
 * new Trainer(engine, network, data, recipe).store(RunFolder.create(Path.of("runs/one"))).train();
 * RunFolder.open(Path.of("runs/one")).trainer(engine, data).train();  // resumes it
 * }</pre>
 *
 * <p>A new folder is created just before the first step, so that a training that cannot start
 * leaves no folder behind. While a training runs, its folder is locked, so that no other training
 * writes into it.
 */
public final class RunFolder implements TrainingStore {
  private final RunFiles files;
  private final RunStore store;

  private RunFolder(RunFiles files, Optional<RunRecord> run) {
    this.files = files;
    store = new RunStore(files, run);
  }

  /**
   * Returns a run folder for a new training. The folder may exist already if there is no run in it.
   *
   * @param path the path of the folder
   * @return the run folder, which is created when the training starts
   * @throws IOException when the folder cannot be created, or there is a run in it
   */
  public static RunFolder create(Path path) throws IOException {
    RunFiles files = new RunFiles(path);
    new NewRun(files).requireUsable();
    return new RunFolder(files, Optional.empty());
  }

  /**
   * Returns a run folder for a new training, named after a network and the local time, such as
   * {@code nin-20131216-093000}.
   *
   * @param parent the folder in which the run folder is created
   * @param network the name of the network
   * @return the run folder, which is created when the training starts
   * @throws IOException when the folder cannot be created
   */
  public static RunFolder createIn(Path parent, String network) throws IOException {
    String name =
        network
            + "-"
            + LocalDateTime.now(ZoneId.systemDefault())
                .format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT));
    Path folder = parent.resolve(name);
    for (int i = 2; Files.exists(folder); i++) {
      folder = parent.resolve(name + "-" + i);
    }
    return create(folder);
  }

  /**
   * Returns the path of the card beside a model. A training writes it; whoever replaces the model
   * makes it wrong.
   *
   * @param model the path of the model's file
   * @return the path of the card, which need not exist
   */
  public static Path card(Path model) {
    return ModelCard.of(model);
  }

  /**
   * Opens the folder of a training that was started before.
   *
   * @param path the path of the folder
   * @return the run folder
   * @throws org.nin4j.error.InvalidFileException when {@code run.json} is damaged
   * @throws IOException when there is no {@code run.json}, or it cannot be read
   */
  public static RunFolder open(Path path) throws IOException {
    RunFiles files = new RunFiles(path);
    if (!Files.isRegularFile(files.record())) {
      throw new IOException(
          path + ": is not a run folder (there is no " + RunFiles.RECORD + " in it)");
    }
    return new RunFolder(files, Optional.of(RunRecord.read(files)));
  }

  /**
   * Returns the path of the folder.
   *
   * @return the path as it was given
   */
  public Path path() {
    return files.folder();
  }

  /**
   * Returns the path of the model file, which exists once the training has ended or was stopped.
   *
   * @return the path of {@code model.safetensors}
   */
  public Path model() {
    return files.model();
  }

  /**
   * Returns the path of the model of the epoch with the best validation score.
   *
   * @return the path; the file exists after the first epoch of a training with validation images
   */
  public Path bestModel() {
    return files.bestModel();
  }

  /**
   * Returns the model to go on with.
   *
   * @return the path of the model at the end of the training or, while there is none, that of the
   *     model of the best epoch
   * @throws IOException when there is neither
   */
  public Path trainedModel() throws IOException {
    for (Path file : List.of(model(), bestModel())) {
      if (Files.exists(file)) {
        return file;
      }
    }
    throw new IOException(
        path() + ": there is no model in this run folder yet; resume the run to its end");
  }

  /**
   * Returns whether the training has completed its last epoch, so that there is nothing to resume.
   *
   * @return true if it has, and the model is there
   * @throws IllegalStateException when the training has not started yet
   */
  public boolean isComplete() {
    return record().progress().status() == RunProgress.Status.FINISHED && Files.exists(model());
  }

  /**
   * Returns whether a training is running in this folder now, in this process or in another one. A
   * run whose process was killed has the status {@link RunProgress.Status#RUNNING}, but is not
   * running.
   *
   * @return true if it is, or if the file system or the permissions keep that from being known
   */
  public boolean isRunning() {
    return RunLock.isHeld(files);
  }

  /**
   * Returns the path of the metrics of each epoch, which {@link MetricsCsv#read} reads.
   *
   * @return the path of {@code metrics.csv}, which exists once the training has started
   */
  public Path metrics() {
    return files.metrics();
  }

  /**
   * Returns the path of the metrics of each step, which {@link StepsCsv#read} reads.
   *
   * @return the path of {@code steps.csv}, which exists once the training has started
   */
  public Path steps() {
    return files.steps();
  }

  /**
   * Returns the path of what the training said, with times.
   *
   * @return the path of {@code log.txt}, which exists once the training has started
   */
  public Path log() {
    return files.log();
  }

  /**
   * Returns what is known about the run: its setup, where it was started, its data, and what has
   * become of it.
   *
   * @return the content of {@code run.json}
   * @throws IllegalStateException when the training has not started yet
   */
  public RunRecord record() {
    return store
        .run()
        .orElseThrow(() -> new IllegalStateException(path() + ": the run has not started yet"));
  }

  /**
   * Returns the newest checkpoint.
   *
   * @return the path of the file; empty when there is no checkpoint
   * @throws IOException when the folder cannot be listed
   */
  public Optional<Path> newestCheckpoint() throws IOException {
    return store.newestCheckpoint();
  }

  /**
   * Sets how many checkpoints are kept. By default a new run keeps two, and a run that is resumed
   * as many as before. A run can be resumed from any of them if the newer ones are damaged or
   * deleted.
   *
   * @param count number of checkpoints, at least 1
   * @return this run folder
   * @throws IllegalArgumentException when the number is below 1
   */
  public RunFolder keepCheckpoints(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("at least 1 checkpoint must be kept, but got " + count);
    }
    store.keepCheckpoints(count);
    return this;
  }

  /**
   * Returns the setup of the training.
   *
   * @return the setup
   * @throws IllegalStateException when the training has not started yet
   */
  public TrainingSetup setup() {
    return record().setup();
  }

  /**
   * Describes how this run differs from another training, where that decides the result.
   *
   * @param other the setup of the other training
   * @return the first difference, such as {@code epochs 10 instead of 20}, with the value of this
   *     run first; empty when the other training would resume this one
   * @throws IllegalStateException when the training has not started yet
   */
  public Optional<String> difference(TrainingSetup other) {
    return SetupDifference.first(setup(), other);
  }

  /**
   * Returns a trainer that resumes the training with the same setup, from the newest checkpoint in
   * this folder that is not damaged.
   *
   * @param engine the engine that computes; another kind of engine than before gives other bits
   * @param data the same images as before
   * @return the trainer, with this folder as its store
   * @throws IOException when the engine does not support the run's precision, or the data set has
   *     other classes or other numbers of images than before
   * @throws IllegalStateException when the training has not started yet
   */
  public Trainer trainer(Engine engine, DatasetSplits data) throws IOException {
    TrainingSetup setup = setup();
    if (!engine.supports(setup.precision())) {
      throw new IOException(
          path()
              + ": the run computes in "
              + setup.precision()
              + ", which "
              + engine.description()
              + " does not support; resume it on the machine where it was started");
    }
    requireSame(data);
    return Trainer.of(engine, data, setup).store(this);
  }

  /**
   * Checks that a data set has as many images of each class as that of the run. Whether they are
   * the same images is checked when the training is resumed.
   *
   * @param data the images to resume the run with
   * @throws IOException when it has other classes or other numbers of images; the message names the
   *     class
   * @throws IllegalStateException when the training has not started yet
   */
  public void requireSame(DatasetSplits data) throws IOException {
    Optional<String> difference =
        DataManifest.difference(record().data().images(), ImageCounts.of(data));
    if (difference.isPresent()) {
      throw store.refused("was started with " + difference.get());
    }
  }

  /**
   * Checks that no training is running in the folder, and that it can be written to. A training
   * that is resumed checks the same, but only after its images have been opened.
   *
   * @throws IOException when another training uses the folder, or nothing can be written to it
   */
  public void requireUnused() throws IOException {
    RunLock.acquire(files, warning -> {}).close();
  }

  @Override
  public Optional<Checkpoint> restore(TrainingSetup setup, Consumer<String> warnings)
      throws IOException {
    return store.restore(setup, warnings);
  }

  @Override
  public void save(Checkpoint checkpoint) throws IOException {
    store.save(checkpoint);
  }

  @Override
  public void on(TrainingEvent event) throws IOException {
    store.on(event);
  }
}
