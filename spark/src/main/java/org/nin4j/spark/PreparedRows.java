package org.nin4j.spark;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.nin4j.data.DataOptions;
import org.nin4j.data.DatasetSplits;
import org.nin4j.data.Holdout;
import scala.Tuple2;

/**
 * The images of a training, decoded and kept by the executors, and divided into those to train on
 * and those to evaluate on.
 */
final class PreparedRows implements AutoCloseable {
  private final JavaSparkContext context;
  private final ClusterJobs jobs;
  private final JavaRDD<byte[]> decoded;
  private final List<Broadcast<int[]>> broadcasts = new ArrayList<>();
  private final String name;
  private final List<String> classes;
  private final boolean antialias;
  private final int channels;

  /** Index after the last row of each partition. */
  private final int[] ends;

  private final List<RowFacts> rows = new ArrayList<>();
  private final ClusterImages train;
  private final DatasetSplits splits;

  /**
   * Decodes the images.
   *
   * @param network channels that the network takes; 0 if it takes what the images have
   * @throws IllegalArgumentException when a row is not what it should be
   */
  PreparedRows(
      JavaSparkContext context,
      ClusterJobs jobs,
      TrainingRows planned,
      NinTrainingParams params,
      int network) {
    this.context = context;
    this.jobs = jobs;
    name = params.getDataName();
    classes = planned.labels().classes();
    antialias = params.getAntialias();
    decoded = planned.decoded(network, jobs).persist(StorageLevel.MEMORY_AND_DISK());
    boolean success = false;
    try {
      ends = readFacts();
      check(params.getHandleInvalid());
      channels = network > 0 ? network : rows.stream().mapToInt(RowFacts::channels).max().orElse(1);
      boolean tests = rows.stream().anyMatch(row -> row.part() == PackedImage.TEST);
      int[] parts = tests ? flagged() : heldOut();
      train = images(parts, PackedImage.TRAIN, "train");
      ClusterImages other = images(parts, PackedImage.TEST, tests ? "test" : "validation");
      splits =
          tests
              ? new DatasetSplits(train, other)
              : new DatasetSplits(train, Optional.of(other), Optional.empty());
      success = true;
    } finally {
      if (!success) {
        close();
      }
    }
  }

  DatasetSplits splits() {
    return splits;
  }

  ClusterImages train() {
    return train;
  }

  private int[] readFacts() {
    List<byte[]> partitions = jobs.run(decoded.mapPartitions(new RowFacts.Task()), "decoding");
    int[] found = new int[partitions.size()];
    for (int i = 0; i < found.length; i++) {
      rows.addAll(RowFacts.read(partitions.get(i)));
      found[i] = rows.size();
    }
    return found;
  }

  /**
   * @throws IllegalArgumentException with the sentence of the first row that cannot be used
   */
  private void check(String handleInvalid) {
    for (RowFacts row : rows) {
      if (row.part() == PackedImage.DEFECT) {
        throw new IllegalArgumentException(row.sentence());
      }
      if (row.part() == PackedImage.UNDECODABLE && handleInvalid.equals("error")) {
        throw new IllegalArgumentException(
            row.sentence() + "; handleInvalid 'skip' leaves out such rows");
      }
    }
    if (rows.stream().noneMatch(row -> row.part() >= 0)) {
      throw new IllegalArgumentException("none of the images can be decoded");
    }
  }

  /** The part of each row, as the rows say. */
  private int[] flagged() {
    return rows.stream().mapToInt(RowFacts::part).toArray();
  }

  /** The part of each row, of which some are held out as {@code nin train} does. */
  private int[] heldOut() {
    int[] images =
        IntStream.range(0, rows.size()).filter(row -> rows.get(row).part() >= 0).toArray();
    int[] labels = IntStream.of(images).map(row -> rows.get(row).label()).toArray();
    Holdout holdout =
        Holdout.of(
            new LabelledSet(name, labels, classes, channels, index -> null),
            DataOptions.DEFAULT_VALIDATION_PART,
            DataOptions.DEFAULT.seed());
    int[] parts = flagged();
    holdout.heldOut().forEach(image -> parts[images[image]] = PackedImage.TEST);
    return parts;
  }

  private ClusterImages images(int[] parts, int part, String which) {
    int[] indices = new int[parts.length]; // in the part; -1 for rows of others
    List<RowFacts> own = new ArrayList<>();
    int[] partEnds = new int[ends.length];
    int row = 0;
    for (int partition = 0; partition < ends.length; partition++) {
      for (; row < ends[partition]; row++) {
        indices[row] = parts[row] == part ? own.size() : -1;
        if (parts[row] == part) {
          own.add(rows.get(row));
        }
      }
      partEnds[partition] = own.size();
    }
    Broadcast<int[]> broadcast = context.broadcast(indices);
    broadcasts.add(broadcast);
    return new ClusterImages(
        jobs,
        ImageFacts.of(own, partEnds),
        name + " (" + which + ")",
        classes,
        channels,
        antialias,
        decoded.mapPartitionsWithIndex(new Index(broadcast, ends), true));
  }

  /** Forgets the images. */
  @Override
  public void close() {
    if (!context.sc().isStopped()) {
      decoded.unpersist(false);
      broadcasts.forEach(Broadcast::destroy);
    }
  }

  /**
   * The images of a part with their indices.
   *
   * @param indices for each row its index in the part; -1 if it is in another one
   * @param ends index after the last row of each partition
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Index(Broadcast<int[]> indices, int[] ends)
      implements Function2<Integer, Iterator<byte[]>, Iterator<Tuple2<Integer, byte[]>>> {
    @Override
    public Iterator<Tuple2<Integer, byte[]>> call(Integer partition, Iterator<byte[]> images) {
      int[] all = indices.value();
      List<Tuple2<Integer, byte[]>> own = new ArrayList<>();
      for (int row = partition == 0 ? 0 : ends[partition - 1]; images.hasNext(); row++) {
        byte[] image = images.next();
        if (all[row] >= 0) {
          own.add(new Tuple2<>(all[row], image));
        }
      }
      return own.iterator();
    }
  }
}
