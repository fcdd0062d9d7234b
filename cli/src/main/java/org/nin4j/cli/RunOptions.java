package org.nin4j.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.nin4j.data.DatasetSplits;
import org.nin4j.tracking.RunFolder;
import org.nin4j.tracking.report.ReportListener;
import org.nin4j.tracking.tensorboard.TensorBoardWriter;
import org.nin4j.train.Trainer;
import picocli.CommandLine.Option;

/** The options for the folder of a run: where it is, and what it holds. */
final class RunOptions {
  static final String OUT = "--out";
  static final String KEEP_CHECKPOINTS = "--keep-checkpoints";
  static final String NO_REPORT = "--no-report";

  @Option(
      names = OUT,
      paramLabel = "DIR",
      description =
          "Run folder for the model, the metrics and the checkpoints. Default: runs/NET-DATE-TIME.")
  Path out;

  @Option(
      names = KEEP_CHECKPOINTS,
      paramLabel = "N",
      description =
          "Number of checkpoints to keep in the run folder, the last ones. Default: 2, or as before"
              + " with --resume.")
  Integer keptCheckpoints;

  @Option(
      names = NO_REPORT,
      description = "Write neither report.html nor event files for TensorBoard to the run folder.")
  boolean noReport;

  /**
   * Checks the values.
   *
   * @throws UsageException when one is out of range
   */
  void check() {
    if (keptCheckpoints != null && keptCheckpoints < 1) {
      throw new UsageException(KEEP_CHECKPOINTS + " must be at least 1, but is " + keptCheckpoints);
    }
  }

  /** Returns the folder for a new run. */
  RunFolder create(String network) throws IOException {
    return keeping(
        out == null ? RunFolder.createIn(Path.of("runs"), network) : RunFolder.create(out));
  }

  /** Returns the folder with the number of checkpoints to keep. */
  RunFolder keeping(RunFolder folder) {
    return keptCheckpoints == null ? folder : folder.keepCheckpoints(keptCheckpoints);
  }

  /** Makes a training write to its folder what shows how it went. */
  void report(TrainingRun run, Trainer trainer, DatasetSplits images, RunFolder folder) {
    if (!noReport) {
      trainer.listen(new TensorBoardWriter(folder.path(), images.train()));
      trainer.listen(new ReportListener(folder, images, run.engine(), run.threads()));
    }
  }
}
