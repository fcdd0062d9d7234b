package org.nin4j.train;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.nin4j.engine.ShardGradients;
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

  /** For each subtree and parameter; null for what is not trained. */
  private final float[][][] gradients;

  /** For each shard and parameter; null for what is no running statistic that moves. */
  private final float[][][] statistics;

  /** For each shard and parameter; of running means. */
  private final long[][] positions;

  private ShardSums(ShardSpec spec, ShardRange range) {
    this.range = range;
    parameters = spec.network().parameters();
    losses = new CrossEntropy.Loss[range.count()];
    gradients = new float[range.subtrees().size()][parameters.size()][];
    statistics = new float[range.count()][parameters.size()][];
    positions = new long[range.count()][parameters.size()];
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      boolean frozen = spec.plan().isFrozen(parameter.layer());
      for (float[][] arrays : parameter.trainable() ? gradients : statistics) {
        arrays[i] = frozen ? null : new float[parameter.size()];
      }
    }
  }

  static ShardSums empty(ShardSpec spec, ShardRange range) {
    return new ShardSums(spec, range);
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

  /** Where the gradient of a parameter goes, summed over a subtree; null if it is not trained. */
  float[] gradient(int subtree, int index) {
    return gradients[subtree][index];
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
    long size = 8;
    size += 12L * losses.length + 8L * losses.length * parameters.size();
    size += 4 * (floats(gradients) + floats(statistics));
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
    for (float[] array : arrays()) {
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
    for (float[][][] kind : List.of(gradients, statistics)) {
      for (float[][] each : kind) {
        for (float[] array : each) {
          if (array != null) {
            arrays.add(array);
          }
        }
      }
    }
    return arrays;
  }

  private static long floats(float[][][] kind) {
    long floats = 0;
    for (float[][] each : kind) {
      for (float[] array : each) {
        floats += array == null ? 0 : array.length;
      }
    }
    return floats;
  }

  /** Reads a range of the gradient of a parameter, summed over a subtree. */
  void read(int subtree, int index, int from, int count, float[] target) {
    System.arraycopy(gradients[subtree][index], from, target, 0, count);
  }
}
