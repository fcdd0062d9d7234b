package org.nin4j.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.nin4j.data.Preprocessing;
import org.nin4j.engine.Precision;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Network;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;

/** As bytes; what is in them is compared by {@link ClusterTrainingTest}, as whole trainings. */
class ShardSumsTest {
  private static ShardSpec spec(int channels) {
    Sequential layers = new Sequential(new Conv2d(1, channels, 2), new Flatten());
    return new ShardSpec(
        new Network("small", Shape.of(1, 1, 2, 2), layers),
        Recipe.DEFAULT,
        1,
        Precision.FP32,
        Preprocessing.unit(1, 2, 2),
        Set.of());
  }

  @Test
  void gradientsOfTwoSubtreesComeBackWhereTheyWere() {
    ShardSums sums = new ShardSums(spec(2), new ShardRange(1, 4)); // 1, and 2 with 3
    for (int subtree = 0; subtree < 2; subtree++) {
      sums.keepGradient(subtree, 0, new float[] {1, 2, 3, 4, 5, 6, 7, 8 + subtree});
      sums.keepGradient(subtree, 1, new float[] {-1, -2 - subtree});
    }
    ShardSums read = ShardSums.of(spec(2), sums.toBytes());
    assertEquals(new ShardRange(1, 4), read.range());
    float[] values = new float[3];
    read.readGradient(0, 0, 5, 3, values);
    assertArrayEquals(new float[] {6, 7, 8}, values);
    read.readGradient(1, 0, 5, 3, values);
    assertArrayEquals(new float[] {6, 7, 9}, values);
    read.readGradient(1, 1, 0, 2, values);
    assertArrayEquals(new float[] {-1, -3, 9}, values);
  }

  @Test
  void bytesOfAnotherNetworkOrOfNoSumsAreRefused() {
    byte[] bytes = new ShardSums(spec(2), new ShardRange(0, 2)).toBytes();
    String wrong =
        assertThrows(IllegalArgumentException.class, () -> ShardSums.of(spec(3), bytes))
            .getMessage();
    assertEquals(
        "the sums of the shards have 72 bytes instead of 92, so they are of another network",
        wrong);
    for (int length : new int[] {0, 7, bytes.length - 1}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> ShardSums.of(spec(2), Arrays.copyOf(bytes, length)));
    }
    Arrays.fill(bytes, (byte) -1); // a range below 0
    assertThrows(IllegalArgumentException.class, () -> ShardSums.of(spec(2), bytes));
  }
}
