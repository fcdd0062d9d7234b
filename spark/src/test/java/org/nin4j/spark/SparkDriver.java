package org.nin4j.spark;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A program that trains on Spark and then classifies the test images, as a driver in a process of
 * its own. Spark's settings are system properties.
 */
final class SparkDriver {
  /** The folder with the model, in the folder of the results. */
  static final String MODEL = "model";

  /** The probabilities of the test images: for each image and class a double. */
  static final String PROBABILITIES = "probabilities";

  /** Printed in the end, before the counts of {@link TaskCounts}. */
  static final String DONE = "done: ";

  private static final long SEED = 5;

  private SparkDriver() {}

  /**
   * Runs the program.
   *
   * @param arguments the name of a {@link TrainingTask}, the folder of the results, the number of
   *     workers, and perhaps the folder of checkpoints
   */
  public static void main(String[] arguments) throws IOException {
    TrainingTask task = TrainingTask.named(arguments[0]);
    Path results = Path.of(arguments[1]);
    try (SparkSession session = SparkSession.builder().getOrCreate()) {
      TaskCounts counts = new TaskCounts();
      session.sparkContext().addSparkListener(counts);
      List<Row> images = DatasetRows.of(task.images());
      Collections.shuffle(images, new Random(SEED)); // the order is that of the ids
      Dataset<Row> rows = session.createDataFrame(images, DatasetRows.SCHEMA);
      NinClassifier classifier = task.classifier().setNumWorkers(Integer.parseInt(arguments[2]));
      if (arguments.length > 3) {
        classifier.setCheckpointDir(arguments[3]);
      }
      NinClassificationModel model = classifier.fit(rows);
      model.write().overwrite().save(results.resolve(MODEL).toString());
      score(model, rows.filter("isTest").orderBy("id"), results);
      System.out.println(DONE + counts);
    }
    System.exit(0);
  }

  private static void score(NinClassificationModel model, Dataset<Row> rows, Path results)
      throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(Files.newOutputStream(results.resolve(PROBABILITIES)))) {
      for (Row row : model.transform(rows).select(model.getProbabilityCol()).collectAsList()) {
        Vector probabilities = row.getAs(0);
        for (double probability : probabilities.toArray()) {
          out.writeDouble(probability);
        }
      }
    }
  }
}
