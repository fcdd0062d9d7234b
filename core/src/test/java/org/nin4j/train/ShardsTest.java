package org.nin4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShardsTest {
  private static List<Integer> lengths(Shards shards, int images) {
    List<Integer> lengths = new ArrayList<>();
    int next = 0;
    for (int shard = 0; shard < shards.count(images); shard++) {
      assertEquals(next, shards.begin(shard));
      next = shards.end(shard, images);
      lengths.add(next - shards.begin(shard));
    }
    assertEquals(images, next);
    return lengths;
  }

  @Test
  void aFullBatchHasTheRequestedNumberOfShards() {
    assertEquals(List.of(16, 16, 16, 16), lengths(Shards.of(64, 4), 64));
    assertEquals(List.of(64), lengths(Shards.of(64, 1), 64));
    assertEquals(List.of(4, 4, 2), lengths(Shards.of(10, 3), 10));
  }

  @Test
  void aSmallerBatchHasFewerShardsOfTheSameLength() {
    Shards shards = Shards.of(64, 4);
    assertEquals(List.of(16, 16), lengths(shards, 32));
    assertEquals(List.of(16, 2), lengths(shards, 18));
    assertEquals(List.of(5), lengths(shards, 5));
  }

  @Test
  void aSingleRemainingImageJoinsThePreviousShard() {
    Shards shards = Shards.of(64, 4);
    assertEquals(List.of(16, 17), lengths(shards, 33));
    assertEquals(List.of(17), lengths(shards, 17));
    assertEquals(List.of(1), lengths(shards, 1));
    assertEquals(List.of(1, 1, 1), lengths(Shards.of(8, 8), 3));
  }

  @Test
  void theLargestShardIsThatOfTheLargestBatchOrTheLast() {
    assertEquals(16, Shards.of(64, 4).largest(64, 32));
    assertEquals(17, Shards.of(64, 4).largest(64, 17));
    assertEquals(5, Shards.of(64, 4).largest(5, 5));
    assertEquals(1, Shards.of(8, 8).largest(8, 3));
  }
}
