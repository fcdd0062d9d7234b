package org.nin4j.spark;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.Partition;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.storage.BlockManagerId;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Partitions of workers, each of which is computed and kept by the same executor, and those of
 * different workers by different ones as far as there are as many. Left to itself, Spark computes
 * partitions where most of their data are, and prefers to wait for an executor that has them; then
 * all workers of a small training might have to share one executor.
 *
 * @param <T> the type of the elements
 */
final class PlacedRdd<T> extends RDD<T> {
  private static final long serialVersionUID = 1;

  private final int numWorkers;
  private final String[] executors;

  private PlacedRdd(JavaRDD<T> parent, int numWorkers, String[] executors) {
    super(parent.rdd(), parent.classTag());
    this.numWorkers = numWorkers;
    this.executors = executors;
  }

  /**
   * Places partitions on the executors that there are now. If one is lost, Spark computes its
   * partitions elsewhere.
   *
   * @param parent has a partition of each worker, then another of each, and so on
   */
  static <T> JavaRDD<T> of(JavaRDD<T> parent, int numWorkers) {
    return JavaRDD.fromRDD(new PlacedRdd<>(parent, numWorkers, executors()), parent.classTag());
  }

  /** The executors, as Spark wants to have them named. */
  private static String[] executors() {
    Stream<BlockManagerId> all =
        CollectionConverters.asJava(SparkEnv.get().blockManager().master().getMemoryStatus())
            .keySet()
            .stream();
    return all.filter(id -> !id.isDriver())
        .sorted(
            Comparator.comparing((BlockManagerId id) -> id.executorId().length())
                .thenComparing(BlockManagerId::executorId))
        .map(id -> "executor_" + id.host() + "_" + id.executorId())
        .toArray(String[]::new);
  }

  @Override
  public Partition[] getPartitions() {
    return firstParent(elementClassTag()).partitions();
  }

  @Override
  public scala.collection.Iterator<T> compute(Partition partition, TaskContext context) {
    return this.<T>firstParent(elementClassTag()).iterator(partition, context);
  }

  @Override
  public Seq<String> getPreferredLocations(Partition partition) {
    int worker = partition.index() % numWorkers;
    List<String> place =
        executors.length == 0 ? List.of() : List.of(executors[worker % executors.length]);
    return CollectionConverters.asScala(place).toSeq();
  }
}
