package org.nin4j.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.nin4j.data.ImageDataset;

class ClassBalanceTest {
  private static final ImageDataset IMAGES = TinyTask.data().train();

  private static long count(int label) {
    long count = 0;
    for (int i = 0; i < IMAGES.size(); i++) {
      count += IMAGES.label(i) == label ? 1 : 0;
    }
    return count;
  }

  @Test
  void balancedWeightsGiveEachClassTheSamePartOfTheLoss() {
    double[] weights = ClassBalance.LOSS.weights(IMAGES);
    double[] parts = new double[weights.length];
    double third = IMAGES.size() / 3.0;
    for (int c = 0; c < parts.length; c++) {
      parts[c] = weights[c] * count(c);
    }
    assertArrayEquals(new double[] {third, third, third}, parts, 1e-12);
  }

  @Test
  void withoutBalanceThereAreNoWeights() {
    assertNull(ClassBalance.NONE.weights(IMAGES));
    assertNull(ClassBalance.SAMPLING.weights(IMAGES));
    assertEquals("sampling", ClassBalance.SAMPLING.toString());
  }
}
