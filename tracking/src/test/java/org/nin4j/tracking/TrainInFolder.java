package org.nin4j.tracking;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.nin4j.data.DatasetSplits;
import org.nin4j.engine.reference.ReferenceEngine;
import org.nin4j.tracking.report.ReportListener;
import org.nin4j.tracking.tensorboard.TensorBoardWriter;
import org.nin4j.train.Recipe;
import org.nin4j.train.TinyTask;
import org.nin4j.train.Trainer;
import org.nin4j.train.TrainingEvent;

/**
 * A program that trains in a folder, or resumes the training there, to its end, with event files
 * and a report. It prints a line at the first step.
 */
final class TrainInFolder {
  private TrainInFolder() {}

  /** With validation images, so that every kind of file is written; with many checkpoints. */
  static Trainer trainer() {
    Recipe recipe = TinyTask.recipe().with(r -> r.epochs(20));
    DatasetSplits data = data();
    return new Trainer(new ReferenceEngine(), TinyTask.network(), data, recipe);
  }

  /** Adds the listeners that write to the folder, too. */
  static Trainer listened(Trainer trainer, RunFolder folder) {
    return trainer
        .listen(new TensorBoardWriter(folder.path(), data().train()))
        .listen(new ReportListener(folder, data(), new ReferenceEngine(), 1));
  }

  private static DatasetSplits data() {
    DatasetSplits data = TinyTask.data();
    return new DatasetSplits(data.train(), data.test(), Optional.empty());
  }

  public static void main(String[] args) throws IOException {
    Path path = Path.of(args[0]);
    RunFiles files = new RunFiles(path);
    boolean resumed = files.record().toFile().exists();
    RunFolder folder = resumed ? RunFolder.open(path) : RunFolder.create(path);
    Trainer trainer =
        resumed ? folder.trainer(new ReferenceEngine(), data()) : trainer().store(folder);
    listened(trainer, folder)
        .listen(
            event -> {
              if (event instanceof TrainingEvent.Started) {
                System.out.println("started");
                System.out.flush();
              }
            })
        .train();
  }
}
