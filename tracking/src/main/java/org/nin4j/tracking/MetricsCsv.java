package org.nin4j.tracking;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.nin4j.internal.AtomicFile;
import org.nin4j.internal.Csv;
import org.nin4j.train.EpochMetrics;

/** Writes {@code metrics.csv}: a header, and a line for each epoch. */
final class MetricsCsv {
  private MetricsCsv() {}

  static void write(Path file, List<EpochMetrics> history) throws IOException {
    StringBuilder csv =
        new StringBuilder(
            Csv.line(
                "epoch",
                "train_loss",
                "train_accuracy",
                "test_loss",
                "test_accuracy",
                "images_per_second"));
    for (EpochMetrics epoch : history) {
      csv.append(
          Csv.line(
              epoch.epoch(),
              Csv.fixed(epoch.trainLoss(), 6),
              Csv.fixed(epoch.trainAccuracy(), 6),
              Csv.fixed(epoch.testLoss(), 6),
              Csv.fixed(epoch.testAccuracy(), 6),
              Csv.fixed(epoch.imagesPerSecond(), 1)));
    }
    AtomicFile.write(file, csv.toString());
  }
}
