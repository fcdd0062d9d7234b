package org.nin4j.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.nin4j.bench.result.Contender;
import org.nin4j.bench.result.Task;
import org.nin4j.bench.result.Work;

class ComparisonTest {
  private static final Task INFERENCE = new Task("nin", 96, Work.INFERENCE, 2);
  private static final Task TRAINING = new Task("nin", 96, Work.TRAINING, 2);
  private static final double[] LOGITS = {1, -4, 2};

  @Test
  void aDifferenceIsAShareOfTheLargestNumber() throws IOException {
    double[] near = {1, -4.001, 2};
    assertEquals(
        0.00025, Comparison.difference(Contender.ONNX_RUNTIME, INFERENCE, LOGITS, near), 1e-12);
  }

  @Test
  void aContenderThatComputesSomethingElseIsNotTimed() {
    refused("something else", Contender.PYTORCH_FP32, INFERENCE, LOGITS, 1, -4.1, 2);
    refused("something else", Contender.PYTORCH_FP32, INFERENCE, LOGITS, 1, Double.NaN, 2);
    refused("computes 2 numbers", Contender.PYTORCH_FP32, INFERENCE, LOGITS, 1, -4);
  }

  @Test
  void bf16MayDifferMoreThanFp32() throws IOException {
    double[] rounded = {1, -4.1, 2};
    assertTrue(Comparison.difference(Contender.PYTORCH_BF16, INFERENCE, LOGITS, rounded) > 0.02);
  }

  /** As with a cache of converted weights that no update reaches. */
  @Test
  void aLossThatStaysIsNoTraining() {
    double[] losses = {2.3, 2.2999, 2.2998};
    refused("does not train", Contender.PYTORCH_BF16, TRAINING, losses, 2.3, 2.3, 2.3);
  }

  private static void refused(
      String why, Contender contender, Task task, double[] expected, double... numbers) {
    IOException e =
        assertThrows(
            IOException.class, () -> Comparison.difference(contender, task, expected, numbers));
    assertTrue(e.getMessage().contains(why), e.getMessage());
    assertTrue(e.getMessage().contains(contender.title()), e.getMessage());
  }
}
