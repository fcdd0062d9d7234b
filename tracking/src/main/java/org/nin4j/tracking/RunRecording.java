package org.nin4j.tracking;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.nin4j.data.SkippedFile;
import org.nin4j.internal.AtomicFile;
import org.nin4j.internal.Csv;
import org.nin4j.io.Model;
import org.nin4j.io.Models;
import org.nin4j.train.Checkpoint;
import org.nin4j.train.EpochMetrics;
import org.nin4j.train.TrainingEvent;
import org.nin4j.train.TrainingEvent.Ended;
import org.nin4j.train.TrainingEvent.EpochDone;
import org.nin4j.train.TrainingEvent.Failed;
import org.nin4j.train.TrainingEvent.ModelImproved;
import org.nin4j.train.TrainingEvent.Started;
import org.nin4j.train.TrainingEvent.StepDone;

/**
 * Writes what happens in a training into its run folder, from its first step on. A line of {@code
 * steps.csv} or {@code log.txt} that cannot be written ends the training only after its next
 * checkpoint has been saved; any other file that cannot be written ends it at once.
 */
final class RunRecording implements AutoCloseable {
  private final RunFiles files;
  private final Checkpoints checkpoints;
  private final RunLog log;
  private final double secondsBefore;
  private final long start = System.nanoTime();
  private RunRecord run;
  private Optional<StepsFile> steps;

  /**
   * Opens the log.
   *
   * @param run the record of the run
   * @param steps the lines of the steps so far; empty when there are none
   */
  RunRecording(RunFiles files, RunRecord run, Optional<StepsFile> steps) throws IOException {
    this.files = files;
    this.run = run;
    this.steps = steps;
    checkpoints = new Checkpoints(new LocalCheckpoints(files.folder()));
    secondsBefore = run.progress().seconds();
    log = new RunLog(files.log());
  }

  /**
   * Records the start, first of all in {@code run.json}: a folder with other files of a run only
   * could be neither resumed nor used for a new run. A run that was killed may lack lines of the
   * metrics, and have a checkpoint too many.
   */
  void start(Started started) throws IOException {
    write(run);
    if (steps.isEmpty()) {
      steps = Optional.of(StepsFile.start(files.steps()));
    }
    checkpoints.deleteAllBut(run.keptCheckpoints());
    writeSkipped(started.leftOut().damaged());
    MetricsCsv.write(files.metrics(), started.history());
    LogText.started(run, started.engine()).forEach(log::say);
  }

  /** Returns what {@code run.json} contains. */
  RunRecord run() {
    return run;
  }

  /** Saves a checkpoint, and before it the lines of its steps if at all possible. */
  void save(Checkpoint checkpoint) throws IOException {
    try {
      steps.orElseThrow().force();
      log.check();
    } catch (IOException e) {
      checkpoints.save(checkpoint, run.keptCheckpoints());
      throw e;
    }
    checkpoints.save(checkpoint, run.keptCheckpoints());
  }

  /** Records any event but {@link Started}. */
  void on(TrainingEvent event) throws IOException {
    if (event instanceof StepDone step) {
      steps.orElseThrow().add(step);
      return;
    }
    LogText.of(event).ifPresent(log::say);
    if (event instanceof EpochDone done) {
      MetricsCsv.write(files.metrics(), done.history());
      write(run.with(progress()));
    } else if (event instanceof ModelImproved improved) {
      write(files.bestModel(), improved.model(), improved.history(), CardFigures.Choice.BEST);
    } else if (event instanceof Ended ended) {
      write(
          files.model(),
          ended.result().model(),
          ended.result().history(),
          ended.interrupted() ? CardFigures.Choice.INTERRUPTED : CardFigures.Choice.LAST);
      write(run.with(progress().ended(ended.result())));
      log.check();
    } else if (event instanceof Failed failed) {
      write(run.with(progress().failed(failed.cause()))); // before what may fill the disk
      steps.ifPresent(StepsFile::tryToWrite);
    }
  }

  /** Returns the progress with the time until now. */
  private RunProgress progress() {
    return run.progress().after(secondsBefore + (System.nanoTime() - start) / 1e9);
  }

  private void write(RunRecord record) throws IOException {
    record.write(files);
    run = record;
  }

  private void writeSkipped(List<SkippedFile> skipped) throws IOException {
    if (skipped.isEmpty()) {
      return;
    }
    StringBuilder csv = new StringBuilder(Csv.line("file", "reason"));
    skipped.forEach(file -> csv.append(Csv.line(file.file(), file.reason())));
    AtomicFile.write(files.skipped(), csv.toString());
  }

  /** Writes a model and its card, which has the model's digest and so comes second. */
  private void write(Path file, Model model, List<EpochMetrics> history, CardFigures.Choice choice)
      throws IOException {
    Models.write(file, model);
    new ModelCard(
            file,
            model,
            run.setup(),
            run.environment().engine(),
            run.data().images(),
            history,
            choice)
        .write();
  }

  @Override
  public void close() {
    log.close();
  }
}
