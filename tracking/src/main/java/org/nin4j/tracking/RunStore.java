package org.nin4j.tracking;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.nin4j.internal.AtomicFile;
import org.nin4j.train.Checkpoint;
import org.nin4j.train.TrainingEvent;
import org.nin4j.train.TrainingEvent.Ended;
import org.nin4j.train.TrainingEvent.Failed;
import org.nin4j.train.TrainingEvent.Started;
import org.nin4j.train.TrainingEvent.Warning;
import org.nin4j.train.TrainingSetup;
import org.nin4j.train.TrainingStore;

/**
 * Stores a training in a run folder: creates and locks the folder when the training starts,
 * restores it when it is resumed, and leaves it to others at its end.
 */
final class RunStore implements TrainingStore {
  private static final int DEFAULT_KEPT_CHECKPOINTS = 2;

  private final RunFiles files;
  private final Checkpoints checkpoints;
  private Optional<RunRecord> run;
  private OptionalInt keptCheckpoints = OptionalInt.empty();

  // While a training runs:
  private Optional<RunLock> lock = Optional.empty();
  private Optional<StepsFile> steps = Optional.empty();
  private Optional<RunRecording> recording = Optional.empty();

  /**
   * @param run the record of the run; empty for a new one
   */
  RunStore(RunFiles files, Optional<RunRecord> run) {
    this.files = files;
    this.run = run;
    checkpoints = new Checkpoints(new LocalCheckpoints(files.folder()));
  }

  /** Sets how many checkpoints are kept, at least 1. */
  void keepCheckpoints(int count) {
    keptCheckpoints = OptionalInt.of(count);
  }

  /** Returns what {@code run.json} contains; empty before the training has started. */
  Optional<RunRecord> run() {
    return recording.map(RunRecording::run).or(() -> run);
  }

  /** Returns the newest checkpoint, damaged or not. */
  Optional<Path> newestCheckpoint() throws IOException {
    return checkpoints.newest().map(files.folder()::resolve);
  }

  /** Returns a complaint about a training that differs from the run in the folder. */
  IOException refused(String difference) {
    return new IOException(
        files.folder()
            + ": the run "
            + difference
            + "; undo that change, or start a new run in another folder");
  }

  @Override
  public Optional<Checkpoint> restore(TrainingSetup setup, Consumer<String> warnings)
      throws IOException {
    if (run.isEmpty()) {
      return Optional.empty();
    }
    lock = Optional.of(RunLock.acquire(files, warnings));
    AtomicFile.deleteTemporaries(files.folder());
    RunRecord current = RunRecord.read(files); // another process may have resumed it meanwhile
    run = Optional.of(current);
    Optional<String> difference = SetupDifference.first(current.setup(), setup);
    if (difference.isPresent()) {
      throw refused("has " + difference.get());
    }
    Optional<Checkpoint> newest = checkpoints.restore(setup, warnings);
    if (newest.isPresent()) {
      steps = Optional.of(StepsFile.resume(files.steps(), newest.get(), warnings));
    } else {
      warnings.accept("there is no checkpoint yet; starting from the beginning");
    }
    return newest;
  }

  @Override
  public void save(Checkpoint checkpoint) throws IOException {
    recording.orElseThrow().save(checkpoint);
  }

  @Override
  public void on(TrainingEvent event) throws IOException {
    if (event instanceof Started started) {
      start(started);
    } else if (event instanceof Failed) {
      try {
        freeReserve();
        record(event);
      } finally {
        end();
      }
    } else {
      record(event);
      if (event instanceof Ended) {
        end();
      }
    }
  }

  private void freeReserve() throws IOException {
    if (lock.isPresent()) {
      lock.get().freeReserve();
    }
  }

  private void record(TrainingEvent event) throws IOException {
    if (recording.isPresent()) {
      recording.get().on(event);
    }
  }

  private void start(Started started) throws IOException {
    List<String> warnings = new ArrayList<>();
    if (lock.isEmpty()) {
      NewRun folder = new NewRun(files);
      folder.create();
      lock = Optional.of(RunLock.acquire(files, warnings::add));
      folder.requireEmpty();
    }
    int kept =
        keptCheckpoints.orElse(
            run.map(RunRecord::keptCheckpoints).orElse(DEFAULT_KEPT_CHECKPOINTS));
    RunRecord record =
        run.map(before -> before.resumed(kept)).orElseGet(() -> RunRecord.started(started, kept));
    recording = Optional.of(new RunRecording(files, record, steps));
    recording.get().start(started);
    for (String warning : warnings) {
      record(new Warning(warning));
    }
  }

  /** Leaves the folder to others. */
  private void end() throws IOException {
    run = run();
    recording.ifPresent(RunRecording::close);
    recording = Optional.empty();
    steps = Optional.empty();
    if (lock.isPresent()) {
      lock.get().close();
    }
    lock = Optional.empty();
  }
}
