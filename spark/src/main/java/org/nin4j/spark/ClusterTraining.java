package org.nin4j.spark;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.nin4j.Engines;
import org.nin4j.data.DataSource;
import org.nin4j.engine.Engine;
import org.nin4j.engine.Precision;
import org.nin4j.engine.PrecisionPolicy;
import org.nin4j.nn.Network;
import org.nin4j.train.Recipe;
import org.nin4j.train.Trainer;
import org.nin4j.train.TrainingResult;
import org.nin4j.train.TrainingStore;

/**
 * A training as the parameters of an estimator describe it.
 *
 * @param params the parameters
 * @param engine the engine of the driver
 */
record ClusterTraining(NinTrainingParams params, Engine engine) {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  ClusterTraining(NinTrainingParams params) {
    this(params, Engines.best());
  }

  /** Returns the recipe with what the parameters change in it. */
  Recipe recipe() {
    return NamedOrJson.recipe(params.getRecipe())
        .with(
            recipe -> {
              if (params.getMaxIter() > 0) {
                recipe.epochs(params.getMaxIter());
              }
              if (params.getBatchSize() > 0) {
                recipe.batchSize(params.getBatchSize());
              }
              return params.getShards() > 0 ? recipe.shards(params.getShards()) : recipe;
            });
  }

  /**
   * Trains.
   *
   * @throws IllegalArgumentException when the data or the parameters are not what they should be
   * @throws ClusterException when the cluster fails
   */
  TrainingResult run(Dataset<?> dataset, Optional<TrainingStore> store) throws IOException {
    if (params.getHandleInvalid().equals("keep")) {
      throw new IllegalArgumentException(
          "handleInvalid 'keep' is for scoring: nothing can be learned from a row without an image;"
              + " use 'skip' to leave out such rows, or 'error'");
    }
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(dataset.sparkSession().sparkContext());
    ClusterJobs jobs = new ClusterJobs(context.sc(), PATIENCE);
    Recipe recipe = recipe();
    ChosenNetwork chosen = new ChosenNetwork(params.getNetwork(), params.getImageSize(), recipe);
    TrainingRows rows = TrainingRows.of(dataset, params, jobs);
    try (PreparedRows prepared = new PreparedRows(context, jobs, rows, params, chosen.channels())) {
      ClusterImages train = prepared.train();
      Network network = chosen.build(train.channels(), train.classes().size());
      int numWorkers = numWorkers(context);
      Trainer trainer =
          new Trainer(engine, network, prepared.splits(), recipe)
              .seed(params.getSeed())
              .precision(precision())
              .dataSource(new DataSource(params.getDataName()))
              .listen(new WarningLog())
              .cluster(new SparkCluster(jobs, engine, train, numWorkers));
      store.ifPresent(trainer::store);
      return trainer.train();
    }
  }

  /** As many tasks as run at the same time, unless a parameter says otherwise. */
  private int numWorkers(JavaSparkContext context) {
    int cpus = context.getConf().getInt("spark.task.cpus", 1);
    return params.getNumWorkers() > 0
        ? params.getNumWorkers()
        : Math.max(1, context.defaultParallelism() / cpus);
  }

  private Precision precision() {
    return PrecisionName.read(params.getPrecision())
        .orElseGet(() -> PrecisionPolicy.forTraining(engine));
  }
}
