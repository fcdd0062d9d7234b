package org.nin4j.spark;

import java.util.Iterator;
import java.util.stream.IntStream;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/** The images of an epoch, brought by a shuffle to the partitions that need them. */
final class EpochImages implements AutoCloseable {
  private final EpochRouting routing;
  private final Broadcast<int[]> routes;
  private final JavaRDD<Tuple2<Integer, byte[]>> images;

  EpochImages(
      JavaSparkContext context, JavaRDD<Tuple2<Integer, byte[]>> all, EpochRouting routing) {
    this.routing = routing;
    routes = context.broadcast(routing.routes());
    images =
        PlacedRdd.of(
                all.flatMapToPair(new Route(routes))
                    .partitionBy(new Identity(routing.partitions()))
                    .values(),
                routing.numWorkers())
            .persist(StorageLevel.MEMORY_AND_DISK());
  }

  EpochRouting routing() {
    return routing;
  }

  /** Indices and images; a partition may have an image once. */
  JavaRDD<Tuple2<Integer, byte[]>> images() {
    return images;
  }

  @Override
  public void close() {
    images.unpersist(false);
    images.rdd().cleanShuffleDependencies(false);
    routes.destroy();
  }

  /**
   * Sends an image to each partition that needs it.
   *
   * @param routes as {@link EpochRouting#routes} has them
   */
  private record Route(Broadcast<int[]> routes)
      implements PairFlatMapFunction<Tuple2<Integer, byte[]>, Integer, Tuple2<Integer, byte[]>> {
    @Override
    public Iterator<Tuple2<Integer, Tuple2<Integer, byte[]>>> call(Tuple2<Integer, byte[]> image) {
      int[] all = routes.value();
      int index = image._1();
      return IntStream.range(all[index], all[index + 1])
          .mapToObj(at -> new Tuple2<>(all[at], image))
          .iterator();
    }
  }

  /** A key is the index of its partition. */
  private static final class Identity extends Partitioner {
    private static final long serialVersionUID = 1;

    private final int count;

    Identity(int count) {
      this.count = count;
    }

    @Override
    public int numPartitions() {
      return count;
    }

    @Override
    public int getPartition(Object key) {
      return (int) key;
    }
  }
}
