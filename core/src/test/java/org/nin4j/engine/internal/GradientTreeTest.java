package org.nin4j.engine.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GradientTreeTest {
  private static final int COUNT = 37;

  private static float[][] numbers(int shards) {
    SplittableRandom random = new SplittableRandom(shards);
    float[][] numbers = new float[shards][COUNT];
    for (float[] row : numbers) {
      for (int i = 0; i < COUNT; i++) {
        row[i] = (float) (random.nextDouble() - 0.5) * (1 << random.nextInt(20));
      }
    }
    return numbers;
  }

  /** The definition: the largest power of two below the number of shards goes to the left. */
  private static float add(float[][] numbers, int from, int to, int i) {
    if (to - from == 1) {
      return numbers[from][i];
    }
    int left = Integer.highestOneBit(to - from - 1);
    return add(numbers, from, from + left, i) + add(numbers, from + left, to, i);
  }

  @Test
  void theSumIsThatOfABinaryTreeOverTheNumbersOfTheShards() {
    GradientTree tree = new GradientTree();
    for (int shards = 1; shards <= 33; shards++) {
      float[][] numbers = numbers(shards);
      float[] sum =
          tree.sum(
              shards,
              0,
              COUNT,
              (shard, from, count, target) ->
                  System.arraycopy(numbers[shard], from, target, 0, count));
      for (int i = 0; i < COUNT; i++) {
        assertEquals(add(numbers, 0, shards, i), sum[i], shards + " shards");
      }
    }
  }

  /** So that a machine can add those that it has computed. */
  @Test
  void subtreesAddedElsewhereGiveTheSameBits() {
    GradientTree tree = new GradientTree();
    float[][] numbers = numbers(11);
    int[] begins = {0, 4, 6, 7, 8, 10, 11};
    GradientTree.Source subtrees =
        new GradientTree.Source() {
          @Override
          public void read(int number, int from, int count, float[] target) {
            for (int i = 0; i < count; i++) {
              target[i] = add(numbers, begins[number], begins[number + 1], from + i);
            }
          }

          @Override
          public int shards(int number) {
            return begins[number + 1] - begins[number];
          }
        };
    float[] sum = new float[COUNT];
    tree.sum(begins.length - 1, subtrees, sum);
    for (int i = 0; i < COUNT; i++) {
      assertEquals(add(numbers, 0, 11, i), sum[i]);
    }
  }
}
