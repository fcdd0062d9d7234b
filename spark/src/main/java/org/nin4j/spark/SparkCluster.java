package org.nin4j.spark;

import java.util.UUID;
import org.apache.spark.api.java.JavaSparkContext;
import org.nin4j.engine.Engine;
import org.nin4j.train.ShardSpec;
import org.nin4j.train.TrainingCluster;

/**
 * Computes a training on the executors of a Spark application.
 *
 * @param jobs runs the jobs
 * @param engine the engine of the driver, whose kind executors must have too
 * @param images the images to train on
 * @param numWorkers number of tasks that share a step
 */
record SparkCluster(ClusterJobs jobs, Engine engine, ClusterImages images, int numWorkers)
    implements TrainingCluster {
  @Override
  public Session open(ShardSpec spec) {
    String id = UUID.randomUUID().toString();
    return new ClusterSession(
        id, jobs, JavaSparkContext.fromSparkContext(jobs.context()), spec, this);
  }
}
