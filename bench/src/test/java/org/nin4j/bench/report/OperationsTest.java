package org.nin4j.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.nin4j.bench.result.Work;

class OperationsTest {
  private static final long MULTIPLY_ADDS = 762_297_352;

  @Test
  void inferenceTakesTwoOperationsForEachMultiplyAdd() {
    assertEquals(2 * MULTIPLY_ADDS, Operations.perImage("nin", 224, Work.INFERENCE));
  }

  @Test
  void trainingTakesThreePassesButNoGradientOfTheImages() {
    long first = 54 * 54 * 96 * 11 * 11;
    assertEquals(2 * (3 * MULTIPLY_ADDS - first), Operations.perImage("nin", 224, Work.TRAINING));
  }

  @Test
  void theFirstConvolutionOfColourImagesHasThreeInputChannels() {
    long forward = Operations.perImage("nin-cifar10", 32, Work.INFERENCE);
    long first = 2L * 32 * 32 * 192 * 3 * 5 * 5;
    assertEquals(3 * forward - first, Operations.perImage("nin-cifar10", 32, Work.TRAINING));
  }
}
