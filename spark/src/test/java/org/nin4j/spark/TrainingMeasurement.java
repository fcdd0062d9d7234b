package org.nin4j.spark;

import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.nin4j.Engines;
import org.nin4j.data.DataSource;
import org.nin4j.data.DatasetSplits;
import org.nin4j.data.Datasets;
import org.nin4j.engine.Precision;
import org.nin4j.nn.Network;
import org.nin4j.nn.Networks;
import org.nin4j.nn.Shape;
import org.nin4j.train.Recipe;
import org.nin4j.train.Trainer;
import org.nin4j.train.TrainingProfile;
import org.nin4j.train.TrainingResult;

/**
 * Training of the network {@code nin} by two executors of one core, and by two replicas in one
 * process.
 *
 * @param size height and width of the images
 * @param precision the precision of the arithmetic
 * @param steps steps of an epoch
 */
record TrainingMeasurement(int size, Precision precision, int steps) {
  private static final int EXECUTORS = 2;
  private static final double NANOS = 1e-9;

  /** What was found; times are in seconds of a step. */
  record Result(
      double oneProcess, double cluster, double gradients, double update, TrainingResult last) {}

  private Network network() {
    return Networks.NIN.build(Shape.of(1, 1, size, size), 10);
  }

  private DatasetSplits images() {
    int batch = Recipe.DEFAULT.batchSize();
    return Datasets.sample().limited(steps * batch, batch);
  }

  private TrainingTask task() {
    return new TrainingTask("sample", images(), network(), Recipe.DEFAULT.with(r -> r.epochs(2)));
  }

  /** Measures one after the other, several times. */
  Result measure(SparkSession session, int times) throws Exception {
    Dataset<Row> rows =
        session.createDataFrame(DatasetRows.of(images()), DatasetRows.SCHEMA).coalesce(EXECUTORS);
    NinClassifier classifier =
        task().classifier().setPrecision(precision.toString()).setNumWorkers(EXECUTORS);
    Measured one = new Measured();
    Measured cluster = new Measured();
    Measured gradients = new Measured();
    Measured update = new Measured();
    TrainingResult result = null;
    for (int i = 0; i < times; i++) {
      StepClock clock = new StepClock();
      trainer().store(clock).train();
      one.add(clock.step());
      clock = new StepClock();
      result = new ClusterTraining(classifier).run(rows, Optional.of(clock));
      cluster.add(clock.step());
      gradients.add(part(result.profile(), TrainingProfile.Part.GRADIENTS));
      update.add(part(result.profile(), TrainingProfile.Part.UPDATE));
    }
    return new Result(one.median(), cluster.median(), gradients.median(), update.median(), result);
  }

  private Trainer trainer() {
    TrainingTask task = task();
    return new Trainer(Engines.best(), task.network(), task.images(), task.recipe())
        .seed(1)
        .precision(precision)
        .threads(EXECUTORS)
        .dataSource(new DataSource(task.dataName()));
  }

  private static double part(TrainingProfile profile, TrainingProfile.Part part) {
    return profile.parts().getOrDefault(part, 0L) * NANOS / profile.threads() / profile.steps();
  }
}
