package org.nin4j.engine.internal;

import java.util.List;
import org.nin4j.engine.Weights;
import org.nin4j.nn.Parameter;
import org.nin4j.nn.Parameter.Role;

/**
 * Mean and biased variance of each shard of a batch in each BatchNorm2d layer, and what they are
 * over the whole batch. With M_s values of a channel in shard s and M in the batch: mean = sum(M_s
 * mean_s) / M; variance = sum(M_s (var_s + (mean_s - mean)^2)) / (M - 1), the unbiased one, which
 * PyTorch's running variance follows.
 */
public final class ShardStatistics {
  private final List<Parameter> parameters;
  private final int[] meanIndex; // by index of a running variance; else the index itself
  private final float[][][] values; // by shard and index of the parameter; null for no statistic
  private final long[][] positions; // the same; of a running mean

  /**
   * @param parameters of the network
   * @param shards of a batch, at most
   */
  public ShardStatistics(List<Parameter> parameters, int shards) {
    this.parameters = parameters;
    meanIndex = new int[parameters.size()];
    for (int i = 0; i < meanIndex.length; i++) {
      boolean variance = parameters.get(i).role() == Role.RUNNING_VARIANCE;
      meanIndex[i] = variance ? indexOfMean(parameters.get(i).layer()) : i;
    }
    values = new float[shards][parameters.size()][];
    positions = new long[shards][parameters.size()];
    for (float[][] shard : values) {
      for (int i = 0; i < shard.length; i++) {
        shard[i] = parameters.get(i).trainable() ? null : new float[parameters.get(i).size()];
      }
    }
  }

  /**
   * Where a shard's mean or biased variance goes, for each channel.
   *
   * @param index of the running mean or variance in the network's parameters
   */
  public float[] values(int shard, int index) {
    return values[shard][index];
  }

  /**
   * Says how many values of a channel a shard has: N x H x W.
   *
   * @param index of the running mean in the network's parameters
   */
  public void setPositions(int shard, int index, long count) {
    positions[shard][index] = count;
  }

  /**
   * Copies a shard's mean or biased variance.
   *
   * @throws IllegalArgumentException when the parameter is not a running statistic
   */
  public void read(int shard, int index, float[] target) {
    float[] found = values[shard][index];
    if (found == null) {
      throw new IllegalArgumentException(
          parameters.get(index).name() + " is not a running statistic");
    }
    System.arraycopy(found, 0, target, 0, found.length);
  }

  /** How many values of a channel a shard has, in the layer of a running mean. */
  public long positions(int shard, int index) {
    return positions[shard][index];
  }

  /**
   * Overwrites an array with the mean, or the unbiased variance, of the batch.
   *
   * @param index of the running mean or variance in the network's parameters
   */
  public void pool(int shards, int index, Weights target) {
    boolean variance = parameters.get(index).role() == Role.RUNNING_VARIANCE;
    float[] pooled = target.values(index);
    for (int c = 0; c < pooled.length; c++) {
      double mean = mean(shards, meanIndex[index], c);
      pooled[c] = (float) (variance ? unbiasedVariance(shards, index, c, mean) : mean);
    }
  }

  private double mean(int shards, int index, int c) {
    double sum = 0;
    long count = 0;
    for (int s = 0; s < shards; s++) {
      sum += (double) positions[s][index] * values[s][index][c];
      count += positions[s][index];
    }
    return sum / count;
  }

  private double unbiasedVariance(int shards, int index, int c, double mean) {
    int ofMean = meanIndex[index];
    double sum = 0;
    long count = 0;
    for (int s = 0; s < shards; s++) {
      double difference = values[s][ofMean][c] - mean;
      sum += positions[s][ofMean] * (values[s][index][c] + difference * difference);
      count += positions[s][ofMean];
    }
    return sum / (count - 1);
  }

  private int indexOfMean(String layer) {
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      if (parameter.role() == Role.RUNNING_MEAN && parameter.layer().equals(layer)) {
        return i;
      }
    }
    throw new IllegalStateException("layer " + layer + " has a running variance, but no mean");
  }
}
