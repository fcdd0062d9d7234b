package org.nin4j.tracking.report;

import java.io.IOException;
import java.util.Optional;
import org.nin4j.data.DatasetSplits;
import org.nin4j.data.ImageDataset;
import org.nin4j.engine.Engine;
import org.nin4j.tracking.RunFolder;
import org.nin4j.train.TrainingEvent;
import org.nin4j.train.TrainingEvent.Ended;
import org.nin4j.train.TrainingListener;
import org.nin4j.train.TrainingResult;

/**
 * Writes the report of a training into its run folder when it has ended, also if it was stopped:
 * {@code predictions.csv}, {@code confusion.csv}, {@code per-class.csv}, {@code profile.json} and
 * {@code report.html}. The results are those of the training's last evaluation. The model is
 * evaluated again only if a training was killed after its last checkpoint, so that there was
 * nothing left to do when it was resumed. A report that cannot be written does not affect the
 * training.
 */
public final class ReportListener implements TrainingListener {
  private final RunFolder folder;
  private final DatasetSplits data;
  private final Engine engine;
  private final int threads;

  /**
   * Creates a listener.
   *
   * @param folder the store of the training
   * @param data the images of the training
   * @param engine the engine that explains a few images
   * @param threads number of threads, at least 1; it affects speed only
   */
  public ReportListener(RunFolder folder, DatasetSplits data, Engine engine, int threads) {
    this.folder = folder;
    this.data = data;
    this.engine = engine;
    this.threads = threads;
  }

  @Override
  public String name() {
    return "the report";
  }

  @Override
  public void on(TrainingEvent event) throws IOException {
    if (event instanceof Ended ended) {
      try {
        write(ended.result());
      } catch (OutOfMemoryError e) {
        throw new IOException(
            RunReport.file(folder)
                + ": Java's memory does not suffice for the report; give it more with -Xmx, and make"
                + " the report with nin report",
            e);
      }
    }
  }

  private void write(TrainingResult result) throws IOException {
    Optional<ImageDataset> images =
        EvaluatedImages.after(result.history()).flatMap(part -> part.of(data));
    if (result.evaluation().isPresent() && images.isPresent()) {
      RunReport.write(folder.path(), Predictions.of(result.evaluation().get(), images.get()));
    }
    if (result.profile().steps() > 0) {
      StepTimes.of(result.profile()).write(folder.path());
    }
    RunReport report = RunReport.of(folder).images(data).engine(engine, threads);
    (result.interrupted() ? report.withoutEvaluating() : report).write();
  }
}
