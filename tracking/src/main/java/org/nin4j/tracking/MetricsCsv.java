package org.nin4j.tracking;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.nin4j.internal.AtomicFile;
import org.nin4j.internal.Csv;
import org.nin4j.train.EpochMetrics;
import org.nin4j.train.Score;

/**
 * Writes {@code metrics.csv}: a header and a line for each epoch. Where an epoch was not evaluated
 * on validation or test images, the cells are empty.
 */
final class MetricsCsv {
  private MetricsCsv() {}

  static void write(Path file, List<EpochMetrics> history) throws IOException {
    StringBuilder csv =
        new StringBuilder(
            Csv.line(
                "epoch",
                "train_loss",
                "train_accuracy",
                "val_loss",
                "val_accuracy",
                "test_loss",
                "test_accuracy",
                "images_per_second"));
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
}
