package org.nin4j.tracking;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.nin4j.error.InvalidFileException;
import org.nin4j.internal.AtomicFile;
import org.nin4j.internal.Csv;
import org.nin4j.internal.CsvRow;
import org.nin4j.internal.CsvTable;
import org.nin4j.train.EpochMetrics;
import org.nin4j.train.Score;

/**
 * {@code metrics.csv}: a header and a line for each epoch, with losses and accuracies to six
 * decimals. Where an epoch was not evaluated on validation or test images, the cells are empty.
 */
public final class MetricsCsv {
  private static final CsvTable TABLE =
      new CsvTable(
          List.of(
              "epoch",
              "train_loss",
              "train_accuracy",
              "val_loss",
              "val_accuracy",
              "test_loss",
              "test_accuracy",
              "images_per_second"),
          "restore the file");

  private MetricsCsv() {}

  static void write(Path file, List<EpochMetrics> history) throws IOException {
    StringBuilder csv = new StringBuilder(TABLE.header());
    for (EpochMetrics epoch : history) {
      csv.append(
          Csv.line(
              epoch.epoch(),
              Csv.fixed(epoch.train().loss(), 6),
              Csv.fixed(epoch.train().accuracy(), 6),
              cell(epoch.validation(), Score::loss),
              cell(epoch.validation(), Score::accuracy),
              cell(epoch.test(), Score::loss),
              cell(epoch.test(), Score::accuracy),
              Csv.fixed(epoch.imagesPerSecond(), 1)));
    }
    AtomicFile.write(file, csv.toString());
  }

  private static String cell(Optional<Score> score, ToDoubleFunction<Score> value) {
    return score.map(present -> Csv.fixed(value.applyAsDouble(present), 6)).orElse("");
  }

  /**
   * Reads the metrics of a run.
   *
   * @param file the path of {@code metrics.csv}
   * @return the metrics of each completed epoch, in order
   * @throws InvalidFileException when a line is not as the training wrote it, or an epoch is
   *     missing
   * @throws IOException when the file is missing or cannot be read
   */
  public static List<EpochMetrics> read(Path file) throws IOException {
    return TABLE.read(file, false, MetricsCsv::read);
  }

  private static EpochMetrics read(CsvRow row) throws InvalidFileException {
    int epoch = row.line() - 1; // after the header
    if (row.intAtLeast("epoch", 1) != epoch) {
      throw row.defect("epoch must be " + epoch + ", but is " + row.text("epoch"));
    }
    Optional<Score> validation = optional(row, "val");
    Optional<Score> test = optional(row, "test");
    if (validation.isEmpty() && test.isEmpty()) {
      throw row.defect("must have val_loss or test_loss, but both are empty");
    }
    return new EpochMetrics(
        epoch, score(row, "train"), validation, test, row.number("images_per_second"));
  }

  private static Optional<Score> optional(CsvRow row, String images) throws InvalidFileException {
    boolean none = row.isEmpty(images + "_loss") && row.isEmpty(images + "_accuracy");
    return none ? Optional.empty() : Optional.of(score(row, images));
  }

  private static Score score(CsvRow row, String images) throws InvalidFileException {
    return new Score(row.number(images + "_loss"), row.number(images + "_accuracy"));
  }
}
