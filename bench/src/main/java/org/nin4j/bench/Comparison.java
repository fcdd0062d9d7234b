package org.nin4j.bench;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import org.nin4j.bench.result.Contender;
import org.nin4j.bench.result.Task;
import org.nin4j.bench.result.Work;

/** Whether contenders compute the same; nobody is timed who does something else. */
final class Comparison {
  private Comparison() {}

  /** As a share of the largest number: what roundings of each type add up to in these networks. */
  private static double tolerance(Contender contender) {
    return switch (contender) {
      case NIN4J_FP32, PYTORCH_DJL, PYTORCH_FP32, ONNX_RUNTIME -> 1e-3;
      case NIN4J_BF16, PYTORCH_BF16 -> 5e-2;
      case NIN4J_INT8 -> 0.2; // of random weights and pixels, which leave no class ahead
    };
  }

  /**
   * The largest difference as a share of the largest of the first contender's numbers.
   *
   * @param numbers logits; in training the losses of some steps, which must change
   * @throws IOException when it is too large, or when losses stay the same
   */
  static double difference(Contender contender, Task task, double[] expected, double[] numbers)
      throws IOException {
    if (numbers.length != expected.length) {
      throw new IOException(
          contender.title()
              + " computes "
              + numbers.length
              + " numbers for "
              + task
              + ", not "
              + expected.length);
    }
    if (task.work() == Work.TRAINING && numbers[0] == numbers[numbers.length - 1]) {
      throw new IOException(contender.title() + " does not train: its loss stays " + numbers[0]);
    }
    double largest = Arrays.stream(expected).map(Math::abs).max().orElse(0);
    double apart = 0;
    for (int i = 0; i < expected.length; i++) {
      double difference = Math.abs(numbers[i] - expected[i]);
      apart = difference > apart || Double.isNaN(difference) ? difference : apart;
    }
    if (!(apart <= tolerance(contender) * largest)) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s computes something else for %s: off by %.2g where the largest number is %.2g",
              contender.title(),
              task,
              apart,
              largest));
    }
    return apart / largest;
  }
}
