package org.nin4j.train;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.nin4j.engine.PlanSpec;
import org.nin4j.engine.ShardGradients;
import org.nin4j.engine.Weights;
import org.nin4j.nn.Parameter;
import org.nin4j.train.internal.CrossEntropy;

/**
 * What a worker has computed of a step: for each of its shards the loss and what BatchNorm2d layers
 * found, and the gradients of its shards, added as far as they make up subtrees of the one tree
 * along which the gradients of all shards are added.
 */
public final class ShardSums {
  private final ShardRange range;
  private final List<Parameter> parameters;
  private final CrossEntropy.Loss[] losses; // of each shard

  /** The indices of the parameters that are trained. */
  private final int[] trained;

  /** For each subtree the sum of its shards' gradients, in the arrays of what is trained. */
  private final List<Weights> gradients = new ArrayList<>();

  /** For each shard and parameter; null for what is no running statistic that moves. */
  private final float[][][] statistics;

  /** For each shard and parameter; of running means. */
  private final long[][] positions;

  ShardSums(ShardSpec spec, ShardRange range) {
    this.range = range;
    parameters = spec.network().parameters();
    losses = new CrossEntropy.Loss[range.count()];
    statistics = new float[range.count()][parameters.size()][];
    positions = new long[range.count()][parameters.size()];
    PlanSpec plan = spec.plan();
    trained =
        IntStream.range(0, parameters.size()).filter(i -> plan.trains(parameters.get(i))).toArray();
    range.subtrees().forEach(subtree -> gradients.add(Weights.zeros(parameters)));
    for (float[][] shard : statistics) {
      for (int i = 0; i < shard.length; i++) {
        Parameter parameter = parameters.get(i);
        boolean moves = !parameter.trainable() && !plan.isFrozen(parameter.layer());
        shard[i] = moves ? new float[parameter.size()] : null;
      }
    }
  }

  /** Keeps what was computed of a shard, which lies at an index of the gradients. */
  void keep(int shard, int slot, CrossEntropy.Loss loss, ShardGradients found) {
    int own = shard - range.begin();
    losses[own] = loss;
    for (int i = 0; i < parameters.size(); i++) {
      if (statistics[own][i] != null) {
        found.statistic(slot, i, statistics[own][i]);
        positions[own][i] = found.positions(slot, i);
      }
    }
  }

  /** The sum over a subtree, in the arrays of {@link #trained()}. */
  Weights gradients(int subtree) {
    return gradients.get(subtree);
  }

  /** The indices of the parameters that are trained; not a copy. */
  int[] trained() {
    return trained;
  }

  /** {@return the shards that were computed} */
  public ShardRange range() {
    return range;
  }

  CrossEntropy.Loss loss(int shard) {
    return losses[shard - range.begin()];
  }

  float[] statistic(int shard, int index) {
    return statistics[shard - range.begin()][index];
  }

  long positions(int shard, int index) {
    return positions[shard - range.begin()][index];
  }

  /**
   * Returns this as bytes, to be sent to where the sums of all workers are added.
   *
   * @return bytes that {@link #of} reads
   */
  public byte[] toBytes() {
    List<float[]> arrays = arrays();
    long size = 8 + losses.length * (12L + 8L * parameters.size());
    size += arrays.stream().mapToLong(array -> 4L * array.length).sum();
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(size)).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(range.begin()).putInt(range.end());
    for (CrossEntropy.Loss loss : losses) {
      bytes.putDouble(loss.lossSum()).putInt(loss.correct());
    }
    for (long[] counts : positions) {
      for (long count : counts) {
        bytes.putLong(count);
      }
    }
    for (float[] array : arrays) {
      bytes.asFloatBuffer().put(array);
      bytes.position(bytes.position() + 4 * array.length);
    }
    return bytes.array();
  }

  /**
   * Reads what {@link #toBytes} has written.
   *
   * @param spec what the shards were computed from
   * @param bytes what was written
   * @return the sums
   * @throws IllegalArgumentException when the bytes were not written for such shards
   */
  public static ShardSums of(ShardSpec spec, byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    try {
      ShardSums sums = new ShardSums(spec, new ShardRange(buffer.getInt(), buffer.getInt()));
      sums.read(buffer);
      if (!buffer.hasRemaining()) {
        return sums;
      }
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("the sums of the shards end early", e);
    }
    throw new IllegalArgumentException("the sums of the shards are of another network");
  }

  private void read(ByteBuffer buffer) {
    for (int i = 0; i < losses.length; i++) {
      losses[i] = new CrossEntropy.Loss(buffer.getDouble(), buffer.getInt());
    }
    for (long[] counts : positions) {
      for (int i = 0; i < counts.length; i++) {
        counts[i] = buffer.getLong();
      }
    }
    for (float[] array : arrays()) {
      buffer.asFloatBuffer().get(array);
      buffer.position(buffer.position() + 4 * array.length);
    }
  }

  private List<float[]> arrays() {
    List<float[]> arrays = new ArrayList<>();
    for (Weights sum : gradients) {
      for (int index : trained) {
        arrays.add(sum.values(index));
      }
    }
    for (float[][] shard : statistics) {
      Arrays.stream(shard).filter(Objects::nonNull).forEach(arrays::add);
    }
    return arrays;
  }
}
