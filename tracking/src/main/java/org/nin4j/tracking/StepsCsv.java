package org.nin4j.tracking;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.nin4j.error.InvalidFileException;
import org.nin4j.internal.CsvRow;
import org.nin4j.internal.CsvTable;

/**
 * {@code steps.csv}: a header and a line for each training step, with all digits of the numbers.
 */
public final class StepsCsv {
  private static final CsvTable TABLE =
      new CsvTable(
          List.of("epoch", "step", "loss", "learning_rate", "gradient_norm", "images_per_second"),
          "restore the file");

  private StepsCsv() {}

  /** Returns the first line of the file. */
  static String header() {
    return TABLE.header();
  }

  /** Returns the line of a step. */
  static String line(StepMetrics step) {
    double rate = Math.rint(10 * step.imagesPerSecond()) / 10; // formatting costs the training time
    return step.epoch()
        + ","
        + step.step()
        + ","
        + step.loss()
        + ","
        + step.learningRate()
        + ","
        + step.gradientNorm()
        + ","
        + rate
        + "\n";
  }

  /**
   * Reads the steps of a run, which may still be running or may have been killed: a last line
   * without its end is left out.
   *
   * @param file the path of {@code steps.csv}
   * @return the metrics of each step, in order
   * @throws InvalidFileException when a line is not as the training wrote it, or steps are not in
   *     order
   * @throws IOException when the file is missing or cannot be read
   */
  public static List<StepMetrics> read(Path file) throws IOException {
    return read(file, new ArrayList<>());
  }

  /** Does what {@link #read(Path)} does; steps before a defect are in the list all the same. */
  private static List<StepMetrics> read(Path file, List<StepMetrics> steps) throws IOException {
    TABLE.read(
        file,
        true,
        row -> {
          StepMetrics step = step(row);
          if (!steps.isEmpty() && !step.isAfter(steps.get(steps.size() - 1))) {
            throw row.defect(
                "epoch "
                    + step.epoch()
                    + ", step "
                    + step.step()
                    + " is not after the line before");
          }
          return steps.add(step);
        });
    return steps;
  }

  private static StepMetrics step(CsvRow row) throws InvalidFileException {
    return new StepMetrics(
        row.intAtLeast("epoch", 1),
        row.intAtLeast("step", 1),
        row.number("loss"),
        row.number("learning_rate"),
        row.number("gradient_norm"),
        row.number("images_per_second"));
  }

  /**
   * Reads the steps that a checkpoint follows.
   *
   * @param epochs number of epochs completed before the checkpoint
   * @param stepsDone number of steps done in the epoch after these
   * @return the steps up to the checkpoint, or up to the first defect of the file; none when there
   *     is no file
   * @throws IOException when the file cannot be read
   */
  static List<StepMetrics> before(Path file, int epochs, int stepsDone) throws IOException {
    List<StepMetrics> steps = new ArrayList<>();
    if (Files.exists(file)) {
      try {
        read(file, steps);
      } catch (InvalidFileException e) {
        // What comes before the defect is kept.
      }
    }
    steps.removeIf(
        step ->
            step.epoch() > epochs + 1 || (step.epoch() == epochs + 1 && step.step() > stepsDone));
    return steps;
  }
}
