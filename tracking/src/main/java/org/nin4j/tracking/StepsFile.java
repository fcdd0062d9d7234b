package org.nin4j.tracking;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.nin4j.internal.AtomicFile;
import org.nin4j.train.Checkpoint;
import org.nin4j.train.Progress;
import org.nin4j.train.TrainingEvent.StepDone;

/**
 * Writes {@code steps.csv} while a training runs. It is forced to the disk before each checkpoint,
 * so a checkpoint implies the lines of all its steps, and lines of later steps are dropped when the
 * training is resumed.
 */
final class StepsFile {
  /** How long a line may stay in memory, for those who watch the file. */
  private static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(5);

  private final AppendedFile file;
  private long lastWrite = System.nanoTime();

  private StepsFile(Path file) throws IOException {
    this.file = new AppendedFile(file);
  }

  /** Starts a file without steps. */
  static StepsFile start(Path file) throws IOException {
    AtomicFile.write(file, StepsCsv.header());
    return new StepsFile(file);
  }

  /**
   * Continues a file after the last step of a checkpoint.
   *
   * @param warnings receives a sentence when there are lines missing
   */
  static StepsFile resume(Path file, Checkpoint checkpoint, Consumer<String> warnings)
      throws IOException {
    List<StepMetrics> steps =
        StepsCsv.before(file, checkpoint.history().size(), checkpoint.epoch().steps());
    long missing = checkpoint.optimizerSteps() - steps.size();
    if (missing > 0) {
      warnings.accept(
          file + ": the lines of " + missing + " steps before the checkpoint are missing");
    }
    StringBuilder csv = new StringBuilder(StepsCsv.header());
    steps.forEach(step -> csv.append(StepsCsv.line(step)));
    AtomicFile.write(file, csv.toString());
    return new StepsFile(file);
  }

  /** Appends a step. If its line cannot be written, {@link #force} tries again. */
  void add(StepDone done) {
    Progress progress = done.progress();
    file.append(
        StepsCsv.line(
            new StepMetrics(
                progress.epoch(),
                progress.batch(),
                done.loss(),
                done.learningRate(),
                done.gradientNorm(),
                progress.imagesPerSecond())));
    if (System.nanoTime() - lastWrite >= LONGEST_WAIT) {
      tryToWrite();
    }
  }

  /** Writes what can be written. */
  void tryToWrite() {
    lastWrite = System.nanoTime();
    try {
      file.write();
    } catch (IOException e) {
      // It stays in the buffer, and the next checkpoint complains.
    }
  }

  /** Writes all lines to the disk. */
  void force() throws IOException {
    file.force();
  }
}
