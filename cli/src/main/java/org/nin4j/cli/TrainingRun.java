package org.nin4j.cli;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Optional;
import org.nin4j.data.DatasetSplits;
import org.nin4j.engine.Engine;
import org.nin4j.tracking.RunFolder;
import org.nin4j.tracking.report.RunReport;
import org.nin4j.train.Trainer;
import org.nin4j.train.Training;
import org.nin4j.train.TrainingEvent;
import org.nin4j.train.TrainingListener;
import org.nin4j.train.TrainingResult;
import picocli.CommandLine;

/**
 * Runs a training on the command line: prints its progress and its result, and ends it on Ctrl-C.
 *
 * @param command the command to print for
 * @param engine the engine that the trainer uses
 * @param threads number of threads, at least 1
 * @param profile whether to show where the time was spent
 */
record TrainingRun(CommandLine command, Engine engine, int threads, boolean profile) {
  /**
   * Trains to the end, or until Ctrl-C.
   *
   * @param trainer the trainer, with its store if it has one
   * @param images the images of the trainer
   * @param folder where the training is stored; empty if it only tries out whether all works
   * @return the exit code
   */
  int run(Trainer trainer, DatasetSplits images, Optional<RunFolder> folder) {
    ProgressBar bar = new ProgressBar(command.getOut(), Terminal.isInteractive());
    trainer.threads(threads).listen(bar).listen(new Warnings(command, bar));
    Training training = trainer.prepare();
    TrainReport report = new TrainReport(command.getOut());
    report.started(training.setup(), images, engine, threads, folder.map(RunFolder::path));
    long start = System.nanoTime();
    try (StopSignal signal = new StopSignal(training::stop)) {
      try {
        TrainingResult result = training.run();
        if (profile) {
          report.profile(result.profile(), training.setup(), engine);
        }
        if (result.interrupted()) {
          report.interrupted(folder.map(RunFolder::path));
          return signal.exitCode();
        }
        if (folder.isPresent()) {
          double seconds = (System.nanoTime() - start) / 1e9;
          report.ended(
              result.history(), seconds, folder.get().model(), RunReport.file(folder.get()));
        } else {
          report.triedOut(training.progress().orElseThrow().batch(), images);
        }
        return 0;
      } catch (IOException | RuntimeException e) {
        // Printed here, because the JVM may exit as soon as the stop signal is closed.
        return Failures.failed(withWayToResume(e, folder), command, null);
      }
    }
  }

  /** Says that a run is complete, so that there is nothing to resume. */
  void complete(RunFolder folder) {
    new TrainReport(command.getOut()).complete(folder);
  }

  /** Adds how to resume to a failure to read or write a file, if there is a checkpoint. */
  private static Exception withWayToResume(Exception failure, Optional<RunFolder> folder) {
    if (!(failure instanceof FileSystemException) || folder.isEmpty()) {
      return failure;
    }
    try {
      return folder.get().newestCheckpoint().isEmpty()
          ? failure
          : new IOException(
              failure.getMessage()
                  + "; then resume the run: nin train --resume "
                  + ShellWord.of(folder.get().path().toString()),
              failure);
    } catch (IOException e) {
      return failure;
    }
  }

  /** Prints the warnings of a training like all others. */
  private record Warnings(CommandLine command, ProgressBar bar) implements TrainingListener {
    @Override
    public void on(TrainingEvent event) {
      if (event instanceof TrainingEvent.Warning warning) {
        bar.clear();
        Failures.warn(command, warning.message());
      }
    }
  }
}
