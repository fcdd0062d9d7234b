package org.nin4j.tracking;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.nin4j.internal.AtomicFile;
import org.nin4j.train.EpochMetrics;

/** Writes {@code metrics.csv}: a line for each epoch. */
final class MetricsCsv {
  private MetricsCsv() {}

  static void write(Path file, List<EpochMetrics> history) throws IOException {
    StringBuilder csv =
        new StringBuilder(
            "epoch,train_loss,train_accuracy,test_loss,test_accuracy,images_per_second\n");
    for (EpochMetrics epoch : history) {
      csv.append(
          String.format(
              Locale.ROOT,
              "%d,%.6f,%.6f,%.6f,%.6f,%.1f\n",
              epoch.epoch(),
              epoch.trainLoss(),
              epoch.trainAccuracy(),
              epoch.testLoss(),
              epoch.testAccuracy(),
              epoch.imagesPerSecond()));
    }
    AtomicFile.write(file, csv.toString());
  }
}
