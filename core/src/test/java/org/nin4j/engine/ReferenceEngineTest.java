package org.nin4j.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.nin4j.engine.reference.ReferenceEngine;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.MaxPool2d;
import org.nin4j.nn.Network;
import org.nin4j.nn.ReLU;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;

/** The contract, and what only the reference engine promises. */
class ReferenceEngineTest extends EngineContractTest {
  @Override
  public Engine engine() {
    return new ReferenceEngine();
  }

  private static Network flatten(int side) {
    return new Network("flatten", Shape.of(1, 1, side, side), new Sequential(new Flatten()));
  }

  @Test
  void bf16IsRefusedWithWhatToDo() {
    assertFalse(engine().supports(Precision.BF16));
    EngineException refusal =
        assertThrows(
            EngineException.class,
            () -> OwnWeights.compile(engine(), flatten(2), 1, Precision.BF16));
    assertTrue(refusal.getMessage().endsWith("does not compute in bf16; use fp32"));
  }

  @Test
  void itHasNoMeasurementOfThePeak() {
    assertTrue(engine().measurePeak(Precision.FP32, 1).isEmpty());
  }

  @Test
  void aPlanThatNoArrayCanHoldIsRefusedWithWhatToDo() {
    EngineException refusal =
        assertThrows(
            EngineException.class,
            () ->
                WholeBatch.compile(
                    engine(), flatten(40_000), 2, Precision.FP32, Gradients.OF_PARAMETERS));
    assertTrue(refusal.getMessage().contains("use a smaller batch or image"));
  }

  @Test
  void notANumberGoesThroughMaxPoolAndReluAsInPyTorch() {
    Trial trial = Trial.of(Shape.of(1, 1, 2, 4), 1, new MaxPool2d(2, 2), new ReLU());
    trial.withImages(1, Float.NaN, -1, -2, 3, 2, -3, -4).withLogitsGradient(5, 6);
    Outcome outcome = trial.run(engine());
    assertArrayEquals(new float[] {Float.NaN, 0}, outcome.logits);
    assertArrayEquals(new float[] {0, 5, 0, 0, 0, 0, 0, 0}, outcome.imagesGradient);
  }

  @Test
  void aMaximumOfMinusInfinityIsTheFirstPixel() {
    float lowest = Float.NEGATIVE_INFINITY;
    Trial trial = Trial.of(Shape.of(1, 1, 2, 4), 1, new MaxPool2d(2, 2));
    trial.withImages(lowest, lowest, 1, 2, lowest, lowest, 3, 4).withLogitsGradient(5, 6);
    Outcome outcome = trial.run(engine());
    assertArrayEquals(new float[] {lowest, 4}, outcome.logits);
    assertArrayEquals(new float[] {5, 0, 0, 0, 0, 0, 0, 6}, outcome.imagesGradient);
  }
}
