package org.nin4j.spark;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.apache.spark.ml.util.Summary;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.nin4j.train.EpochMetrics;
import org.nin4j.train.Score;
import org.nin4j.train.TrainingResult;

/**
 * How a training went, epoch by epoch. A model that was trained in this session has one; it is not
 * saved with the model.
 */
public final class NinTrainingSummary implements Summary {
  private static final StructType SCHEMA =
      new StructType()
          .add("epoch", DataTypes.IntegerType, false)
          .add("trainLoss", DataTypes.DoubleType, false)
          .add("trainAccuracy", DataTypes.DoubleType, false)
          .add("validationLoss", DataTypes.DoubleType)
          .add("validationAccuracy", DataTypes.DoubleType)
          .add("testLoss", DataTypes.DoubleType)
          .add("testAccuracy", DataTypes.DoubleType)
          .add("imagesPerSecond", DataTypes.DoubleType, false);

  private final List<EpochMetrics> history;
  private final SparkSession session;

  /**
   * @param result the result of the training
   * @param session the session that trained
   */
  NinTrainingSummary(TrainingResult result, SparkSession session) {
    history = result.history();
    this.session = session;
  }

  /**
   * Returns the training loss of each epoch.
   *
   * @return the mean over the images of the epoch, each with the weights of the step that used it
   */
  public double[] objectiveHistory() {
    return history.stream().mapToDouble(epoch -> epoch.train().loss()).toArray();
  }

  /**
   * Returns the number of epochs.
   *
   * @return the number of completed epochs, with those before the training was resumed
   */
  public int totalIterations() {
    return history.size();
  }

  /**
   * Returns the metrics of each epoch.
   *
   * @return the metrics in the order of the epochs
   */
  public List<EpochMetrics> history() {
    return history;
  }

  /**
   * Returns the metrics of each epoch as a data frame.
   *
   * @return a row for each epoch, in order, with the columns {@code epoch} (from 1), {@code
   *     trainLoss}, {@code trainAccuracy} (0 to 1), {@code validationLoss}, {@code
   *     validationAccuracy}, {@code testLoss}, {@code testAccuracy} (null where the epoch was not
   *     evaluated on such images) and {@code imagesPerSecond} (of the training, without evaluation)
   */
  public Dataset<Row> epochs() {
    return session.createDataFrame(history.stream().map(NinTrainingSummary::row).toList(), SCHEMA);
  }

  private static Row row(EpochMetrics epoch) {
    return RowFactory.create(
        epoch.epoch(),
        epoch.train().loss(),
        epoch.train().accuracy(),
        orNull(epoch.validation(), Score::loss),
        orNull(epoch.validation(), Score::accuracy),
        orNull(epoch.test(), Score::loss),
        orNull(epoch.test(), Score::accuracy),
        epoch.imagesPerSecond());
  }

  private static Double orNull(Optional<Score> score, ToDoubleFunction<Score> figure) {
    return score.isEmpty() ? null : (Double) figure.applyAsDouble(score.get());
  }
}
