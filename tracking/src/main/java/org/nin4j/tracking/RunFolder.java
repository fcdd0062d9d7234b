package org.nin4j.tracking;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
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
import org.nin4j.data.SkippedFile;
import org.nin4j.engine.Engine;
import org.nin4j.internal.AtomicFile;
import org.nin4j.internal.Csv;
import org.nin4j.io.Model;
import org.nin4j.io.ModelFile;
import org.nin4j.train.Checkpoint;
import org.nin4j.train.EpochMetrics;
import org.nin4j.train.ImageCounts;
import org.nin4j.train.Trainer;
import org.nin4j.train.TrainingEvent;
import org.nin4j.train.TrainingEvent.Ended;
import org.nin4j.train.TrainingEvent.EpochDone;
import org.nin4j.train.TrainingEvent.Failed;
import org.nin4j.train.TrainingEvent.ModelImproved;
import org.nin4j.train.TrainingEvent.Started;
import org.nin4j.train.TrainingSetup;
import org.nin4j.train.TrainingStore;

/**
 * A folder that stores a training: {@code run.json} (the setup and the status), {@code metrics.csv}
 * (a line for each epoch), {@code model.safetensors} with its card {@code model.md}, and the last
 * two checkpoints; with validation images, also the model of the best epoch and its card. Each file
 * is written atomically.
 *
 * <pre>{@code
 * new Trainer(engine, network, data, recipe).store(RunFolder.create(Path.of("runs/one"))).train();
 * RunFolder.open(Path.of("runs/one")).trainer(engine, data).train();  // resumes it
 * }</pre>
 *
 * <p>A new folder is created just before the first step, so that a training that cannot start
 * leaves no folder behind.
 */
public final class RunFolder implements TrainingStore {
  private static final String MODEL = "model.safetensors";
  private static final String BEST_MODEL = "model-best.safetensors";
  private static final String CARD = "model.md";
  private static final String BEST_CARD = "model-best.md";
  private static final String METRICS = "metrics.csv";
  private static final String SKIPPED = "skipped.csv";

  private final Path path;
  private final Checkpoints checkpoints;
  private Optional<RunRecord> run;

  /** Known once a training has started. */
  private Optional<ImageCounts> images = Optional.empty();

  private RunFolder(Path path, Optional<RunRecord> run) {
    this.path = path;
    this.run = run;
    checkpoints = new Checkpoints(path);
  }

  /**
   * Returns a run folder for a new training. The folder may exist already if there is no run in it.
   *
   * @param path the path of the folder
   * @return the run folder, which is created when the training starts
   * @throws IOException when the folder cannot be created, or there is a run in it
   */
  public static RunFolder create(Path path) throws IOException {
    if (Files.exists(path) && !Files.isDirectory(path)) {
      throw new IOException(path + ": is a file; choose a folder for the run");
    }
    for (String name : List.of(RunRecord.FILE, METRICS, MODEL, CARD, BEST_MODEL, BEST_CARD)) {
      if (Files.exists(path.resolve(name))) {
        throw new IOException(
            path + ": already holds a run (" + name + "); resume it, or choose another folder");
      }
    }
    RunFolder folder = new RunFolder(path, Optional.empty());
    if (Files.exists(path) && !folder.checkpoints.isEmpty()) {
      throw new IOException(
          path + ": holds checkpoints of another training; choose another folder");
    }
    Path existing = path.toAbsolutePath();
    while (existing != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    if (existing == null || !Files.isDirectory(existing) || !Files.isWritable(existing)) {
      throw unusable(path, null);
    }
    return folder;
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
    if (!Files.isRegularFile(path.resolve(RunRecord.FILE))) {
      throw new IOException(
          path + ": is not a run folder (there is no " + RunRecord.FILE + " in it)");
    }
    return new RunFolder(path, Optional.of(RunRecord.read(path)));
  }

  /**
   * Returns the path of the folder.
   *
   * @return the path as it was given
   */
  public Path path() {
    return path;
  }

  /**
   * Returns the path of the model file, which exists once the training has ended or was stopped.
   *
   * @return the path of {@code model.safetensors}
   */
  public Path model() {
    return path.resolve(MODEL);
  }

  /**
   * Returns the path of the model of the epoch with the best validation score.
   *
   * @return the path; the file exists after the first epoch of a training with validation images
   */
  public Path bestModel() {
    return path.resolve(BEST_MODEL);
  }

  /**
   * Returns the setup of the training.
   *
   * @return the setup
   * @throws IllegalStateException when the training has not started yet
   */
  public TrainingSetup setup() {
    return run.orElseThrow(() -> new IllegalStateException(path + ": the run has not started yet"))
        .setup();
  }

  /**
   * Returns a trainer that resumes the training with the same setup, from the newest checkpoint in
   * this folder that is not damaged.
   *
   * @param engine the engine that computes; another kind of engine than before gives other bits
   * @param data the same images as before
   * @return the trainer, with this folder as its store
   * @throws IOException when the engine does not support the run's precision
   * @throws IllegalStateException when the training has not started yet
   */
  public Trainer trainer(Engine engine, DatasetSplits data) throws IOException {
    TrainingSetup setup = setup();
    if (!engine.supports(setup.precision())) {
      throw new IOException(
          path
              + ": the run computes in "
              + setup.precision()
              + ", which "
              + engine.description()
              + " does not support; resume it on the machine where it was started");
    }
    return Trainer.of(engine, data, setup).store(this);
  }

  @Override
  public Optional<Checkpoint> restore(TrainingSetup setup, Consumer<String> warnings)
      throws IOException {
    if (run.isEmpty()) {
      return Optional.empty();
    }
    Optional<Checkpoint> newest = checkpoints.restore(setup, warnings);
    if (newest.isEmpty()) {
      warnings.accept("there is no checkpoint yet; starting from the beginning");
    }
    return newest;
  }

  @Override
  public void save(Checkpoint checkpoint) throws IOException {
    checkpoints.save(checkpoint);
  }

  @Override
  public void on(TrainingEvent event) throws IOException {
    if (event instanceof Started started) {
      start(started);
    } else if (event instanceof EpochDone done) {
      writeMetrics(done.history());
    } else if (event instanceof ModelImproved improved) {
      write(bestModel(), improved.model(), improved.history(), CardFigures.Choice.BEST);
    } else if (event instanceof Ended ended) {
      write(
          model(),
          ended.result().model(),
          ended.result().history(),
          ended.interrupted() ? CardFigures.Choice.INTERRUPTED : CardFigures.Choice.LAST);
      record(run.orElseThrow().ended(ended.result()));
    } else if (event instanceof Failed failed && run.isPresent()) {
      record(run.orElseThrow().failed(failed.cause()));
    }
  }

  /** Rewrites the metrics too, because a run that was killed may lack lines or have too many. */
  private void start(Started started) throws IOException {
    try {
      Files.createDirectories(path);
    } catch (FileAlreadyExistsException e) {
      throw new IOException(path + ": is a file; choose a folder for the run", e);
    } catch (IOException e) {
      throw unusable(path, e);
    }
    record(run.isPresent() ? run.get().resumed() : RunRecord.started(started));
    images = Optional.of(started.images());
    writeSkipped(started.leftOut().damaged());
    writeMetrics(started.history());
  }

  private void writeSkipped(List<SkippedFile> files) throws IOException {
    if (files.isEmpty()) {
      return;
    }
    StringBuilder csv = new StringBuilder(Csv.line("file", "reason"));
    files.forEach(file -> csv.append(Csv.line(file.file(), file.reason())));
    AtomicFile.write(path.resolve(SKIPPED), csv.toString());
  }

  /** Writes a model and its card, which has the model's digest and so comes second. */
  private void write(Path file, Model model, List<EpochMetrics> history, CardFigures.Choice choice)
      throws IOException {
    ModelFile.write(file, model);
    RunRecord record = run.orElseThrow();
    new ModelCard(
            file,
            model,
            record.setup(),
            record.environment().engine(),
            images.orElseThrow(),
            history,
            choice)
        .write();
  }

  private void record(RunRecord record) throws IOException {
    record.write(path);
    run = Optional.of(record);
  }

  private void writeMetrics(List<EpochMetrics> history) throws IOException {
    MetricsCsv.write(path.resolve(METRICS), history);
  }

  private static IOException unusable(Path path, IOException cause) {
    return new IOException(path + ": the folder cannot be created; choose another path", cause);
  }
}
