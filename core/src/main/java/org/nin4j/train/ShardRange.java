package org.nin4j.train;

import java.util.ArrayList;
import java.util.List;

/**
 * Consecutive shards of a batch.
 *
 * @param begin index of the first shard, from 0
 * @param end index after the last shard; equal to {@code begin} for no shards
 */
public record ShardRange(int begin, int end) {
  /**
   * Checks the order.
   *
   * @param begin index of the first shard, from 0
   * @param end index after the last shard
   * @throws IllegalArgumentException when the range ends before it begins, or begins below 0
   */
  public ShardRange {
    if (begin < 0 || end < begin) {
      throw new IllegalArgumentException("there are no shards from " + begin + " to " + end);
    }
  }

  /**
   * Divides the shards of a batch among workers, as evenly as possible.
   *
   * @param shards number of shards, at least 0
   * @param workers number of workers, at least 1
   * @param worker index of a worker, from 0
   * @return the worker's shards; none if there are more workers than shards and it is left out
   */
  public static ShardRange of(int shards, int workers, int worker) {
    return new ShardRange(
        (int) ((long) shards * worker / workers), (int) ((long) shards * (worker + 1) / workers));
  }

  /** {@return the number of shards} */
  public int count() {
    return end - begin;
  }

  /**
   * Divides the range into subtrees of the tree along which gradients are added: the fewest ranges
   * whose lengths are powers of two and whose beginnings are multiples of their lengths.
   *
   * @return the subtrees, in order
   */
  public List<ShardRange> subtrees() {
    List<ShardRange> subtrees = new ArrayList<>();
    for (int from = begin; from < end; ) {
      int size = Integer.highestOneBit(end - from);
      int most = from == 0 ? size : Integer.lowestOneBit(from);
      int to = from + Math.min(size, most);
      subtrees.add(new ShardRange(from, to));
      from = to;
    }
    return subtrees;
  }
}
