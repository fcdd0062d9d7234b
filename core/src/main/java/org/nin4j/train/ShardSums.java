package org.nin4j.train;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.nin4j.engine.PlanSpec;
import org.nin4j.engine.ShardGradients;
import org.nin4j.engine.internal.ShardStatistics;
import org.nin4j.nn.Parameter;
import org.nin4j.train.internal.CrossEntropy;

/**
 * What a worker has computed of a step: for each of its shards the loss and what BatchNorm2d layers
 * found, and the gradients of its shards, added as far as they make up subtrees of the one tree
 * along which the gradients of all shards are added. All of it is kept as the bytes that are sent.
 * Threads may write and read different parts at the same time.
 */
public final class ShardSums {
  private static final int HEADER = 2 * Integer.BYTES; // the range
  private static final int LOSS = Double.BYTES + Integer.BYTES;

  private final ShardRange range;
  private final List<Parameter> parameters;

  /** The indices of the parameters that are trained. */
  private final int[] trained;

  /** The indices of the running means and variances that move. */
  private final int[] statistics;

  /**
   * Where the values of each parameter are in those of a subtree, or in what is kept of a shard.
   */
  private final int[] offsets;

  private final int shardBytes;
  private final int subtreeBytes;
  private final ByteBuffer bytes;
  private final FloatBuffer floats; // a view of all bytes

  /** Creates sums that are yet to be computed. */
  ShardSums(ShardSpec spec, ShardRange range) {
    this(spec, range, byte[]::new);
  }

  /**
   * @param memory makes or checks an array of the size that it is given
   */
  private ShardSums(ShardSpec spec, ShardRange range, IntFunction<byte[]> memory) {
    this.range = range;
    parameters = spec.network().parameters();
    PlanSpec plan = spec.plan();
    trained = indices(i -> plan.trains(parameters.get(i)));
    statistics =
        indices(i -> !parameters.get(i).trainable() && !plan.isFrozen(parameters.get(i).layer()));
    offsets = new int[parameters.size()];
    int shard = LOSS;
    for (int index : statistics) {
      offsets[index] = shard;
      shard = Math.addExact(shard, Long.BYTES + valueBytes(index));
    }
    shardBytes = shard;
    int subtree = 0;
    for (int index : trained) {
      offsets[index] = subtree;
      subtree = Math.addExact(subtree, valueBytes(index));
    }
    subtreeBytes = subtree;
    int size =
        Math.toIntExact(
            HEADER
                + (long) shardBytes * range.count()
                + (long) subtreeBytes * range.subtrees().size());
    bytes =
        ByteBuffer.wrap(memory.apply(size))
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(0, range.begin())
            .putInt(Integer.BYTES, range.end());
    floats = bytes.asFloatBuffer();
  }

  private int[] indices(IntPredicate which) {
    return IntStream.range(0, parameters.size()).filter(which).toArray();
  }

  private int valueBytes(int index) {
    return Math.multiplyExact(Float.BYTES, parameters.get(index).size());
  }

  /** Keeps what was computed of a shard, which lies at an index of the gradients. */
  void keep(int shard, int slot, CrossEntropy.Loss loss, ShardGradients found) {
    bytes.putDouble(at(shard), loss.lossSum()).putInt(at(shard) + Double.BYTES, loss.correct());
    for (int index : statistics) {
      float[] values = new float[parameters.get(index).size()];
      found.statistic(slot, index, values);
      bytes.putLong(at(shard) + offsets[index], found.positions(slot, index));
      floats.put(statisticAt(shard, index), values);
    }
  }

  /**
   * Keeps the gradient of a parameter.
   *
   * @param subtree index of the subtree over whose shards it was added
   */
  void keepGradient(int subtree, int index, float[] values) {
    floats.put(gradientAt(subtree, index), values);
  }

  CrossEntropy.Loss loss(int shard) {
    return new CrossEntropy.Loss(
        bytes.getDouble(at(shard)), bytes.getInt(at(shard) + Double.BYTES));
  }

  /** The indices of the parameters that have gradients; not a copy. */
  int[] trained() {
    return trained;
  }

  /** Copies what BatchNorm2d layers found in a shard to where the statistics of all shards are. */
  void readStatistics(int shard, ShardStatistics target) {
    for (int index : statistics) {
      floats.get(statisticAt(shard, index), target.values(shard, index));
      target.setPositions(shard, index, bytes.getLong(at(shard) + offsets[index]));
    }
  }

  /**
   * Copies values of the gradient of a parameter to the beginning of an array.
   *
   * @param subtree index of the subtree over whose shards it was added
   * @param from index of the first value
   */
  void readGradient(int subtree, int index, int from, int count, float[] target) {
    floats.get(gradientAt(subtree, index) + from, target, 0, count);
  }

  private int at(int shard) {
    return HEADER + shardBytes * (shard - range.begin());
  }

  /** In floats, as the next one. */
  private int statisticAt(int shard, int index) {
    return (at(shard) + offsets[index] + Long.BYTES) / Float.BYTES;
  }

  private int gradientAt(int subtree, int index) {
    return (at(range.end()) + subtreeBytes * subtree + offsets[index]) / Float.BYTES;
  }

  /** {@return the shards that were computed} */
  public ShardRange range() {
    return range;
  }

  /**
   * Returns this as bytes, to be sent to where the sums of all workers are added.
   *
   * @return bytes that {@link #of} reads; not a copy
   */
  public byte[] toBytes() {
    return bytes.array();
  }

  /**
   * Reads what {@link #toBytes} has written.
   *
   * @param spec what the shards were computed from
   * @param bytes what was written; not copied
   * @return the sums
   * @throws IllegalArgumentException when the bytes were not written for such shards
   */
  public static ShardSums of(ShardSpec spec, byte[] bytes) {
    if (bytes.length < HEADER) {
      throw new IllegalArgumentException("the sums of the shards end early");
    }
    ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    ShardRange range = new ShardRange(header.getInt(), header.getInt());
    return new ShardSums(
        spec,
        range,
        size -> {
          if (bytes.length != size) {
            throw new IllegalArgumentException(
                String.format(
                    "the sums of the shards have %d bytes instead of %d, so they are of another"
                        + " network",
                    bytes.length, size));
          }
          return bytes;
        });
  }
}
