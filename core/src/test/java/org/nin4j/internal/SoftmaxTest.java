package org.nin4j.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.nin4j.error.InvalidModelException;

class SoftmaxTest {
  @Test
  void theLargestOfARowIsCountedWithinTheRowAndTheFirstOfEquals() {
    float[] logits = {9, 0, 1, -3, -1, -1};
    assertEquals(0, Softmax.largest(logits, 0, 3));
    assertEquals(1, Softmax.largest(logits, 3, 3));
  }

  @Test
  void probabilitiesAreThoseOfTheDefinition() {
    float[] probabilities = new float[3];
    float[] logits = {(float) Math.log(2), (float) Math.log(5), 0};
    assertEquals(1, Softmax.probabilities(logits, probabilities, 3));
    assertArrayEquals(new float[] {0.25f, 0.625f, 0.125f}, probabilities, 1e-6f);
  }

  @Test
  void logitsThatAreNoNumbersSpeakOfTheModel() {
    assertThrows(
        InvalidModelException.class,
        () -> Softmax.probabilities(new float[] {0, Float.NaN}, new float[2], 2));
  }
}
