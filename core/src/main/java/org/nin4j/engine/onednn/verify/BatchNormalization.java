package org.nin4j.engine.onednn.verify;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nin4j.nn.Shape;

/**
 * dst = (src - mean(c)) / sqrt(variance(c) + eps) scale(c) + shift(c), with given statistics or the
 * batch's, or 0 where that is negative; backward, the gradients of src, scale and shift.
 *
 * @param roundoff largest relative error of a value of src's type that is rounded once
 * @param withReLU whether a ReLU is fused
 */
public record BatchNormalization(
    Mode mode, Shape shape, float eps, double roundoff, boolean withReLU)
    implements PrimitiveCheck {
  /** What is computed. */
  public enum Mode {
    INFERENCE,
    TRAINING,
    BACKWARD
  }

  /** Of sums of many numbers in fp32, which are divided. */
  private static final double SUM_ROUNDOFF = 0x1p-12;

  /**
   * Values of this magnitude are clearly on one side of a ReLU's kink, however they are rounded.
   */
  private static final double KINK = 0x1p-8;

  private static final float[] VARIANCES = {0.25f, 1, 4};

  @Override
  public List<Operand> operands() {
    int channels = shape.channels();
    List<Operand> operands = new ArrayList<>();
    operands.add(Operand.input(MemoryArgument.SRC, shape));
    operands.add(Operand.input(MemoryArgument.SCALE, channels));
    if (mode == Mode.TRAINING) {
      operands.add(Operand.output(MemoryArgument.MEAN, channels));
      operands.add(Operand.output(MemoryArgument.VARIANCE, channels));
    } else {
      operands.add(Operand.input(MemoryArgument.MEAN, channels));
      operands.add(Operand.input(MemoryArgument.VARIANCE, channels));
    }
    if (mode == Mode.BACKWARD) {
      operands.add(Operand.input(MemoryArgument.DIFF_DST, shape));
      operands.add(Operand.output(MemoryArgument.DIFF_SRC, shape));
      operands.add(Operand.output(MemoryArgument.DIFF_SCALE, channels));
      operands.add(Operand.output(MemoryArgument.DIFF_SHIFT, channels));
      if (withReLU) {
        operands.add(Operand.forwardInput(MemoryArgument.SHIFT, channels));
      }
    } else {
      operands.add(Operand.input(MemoryArgument.SHIFT, channels));
      operands.add(Operand.output(MemoryArgument.DST, shape));
    }
    return operands;
  }

  @Override
  public void identify(Fingerprint fingerprint) {
    fingerprint
        .add("batch normalization")
        .add(mode.name())
        .add(Float.floatToIntBits(eps))
        .add(shape);
    if (withReLU) {
      fingerprint.add("relu");
    }
  }

  @Override
  public Optional<String> run(Execution execution) {
    RandomIntegers numbers = new RandomIntegers(0);
    numbers.fillSigned(execution.values(MemoryArgument.SRC), 0.75, 4);
    for (int c = 0; c < shape.channels(); c++) {
      execution.values(MemoryArgument.SCALE).put(c, numbers.sign() * numbers.between(1, 2));
      if (mode != Mode.BACKWARD || withReLU) {
        execution.values(MemoryArgument.SHIFT).put(c, numbers.sign() * numbers.between(1, 2));
      }
      if (mode == Mode.INFERENCE) {
        execution.values(MemoryArgument.MEAN).put(c, numbers.sign() * numbers.between(1, 2));
        execution.values(MemoryArgument.VARIANCE).put(c, VARIANCES[numbers.between(0, 2)]);
      } else if (mode == Mode.BACKWARD) {
        execution.values(MemoryArgument.MEAN).put(c, (float) mean(execution, c));
        execution.values(MemoryArgument.VARIANCE).put(c, (float) variance(execution, c));
      }
    }
    if (mode == Mode.BACKWARD) {
      numbers.fillSigned(execution.values(MemoryArgument.DIFF_DST), 0.75, 2);
      if (withReLU) {
        clearAtKinks(execution);
      }
    }
    execution.run();
    for (int c = 0; c < shape.channels(); c++) {
      Optional<String> fault =
          mode == Mode.BACKWARD ? compareBackward(execution, c) : compareForward(execution, c);
      if (fault.isPresent()) {
        return fault;
      }
    }
    return Optional.empty();
  }

  private Optional<String> compareForward(Execution execution, int c) {
    boolean training = mode == Mode.TRAINING;
    double mean = training ? mean(execution, c) : execution.values(MemoryArgument.MEAN).get(c);
    double variance =
        training ? variance(execution, c) : execution.values(MemoryArgument.VARIANCE).get(c);
    Comparison comparison = new Comparison();
    if (training) {
      comparison.expect(execution, MemoryArgument.MEAN, c, mean, SUM_ROUNDOFF);
      comparison.expect(execution, MemoryArgument.VARIANCE, c, variance, SUM_ROUNDOFF * variance);
    }
    double factor = execution.values(MemoryArgument.SCALE).get(c) / Math.sqrt(variance + eps);
    double shift = execution.values(MemoryArgument.SHIFT).get(c);
    FloatBuffer src = execution.values(MemoryArgument.SRC);
    for (int i = 0; i < positions(); i++) {
      double scaled = (src.get(index(c, i)) - mean) * factor;
      double magnitude = Math.abs(scaled) + Math.abs(shift) + Math.abs(mean * factor);
      double expected = withReLU ? Math.max(0, scaled + shift) : scaled + shift;
      comparison.expect(
          execution,
          MemoryArgument.DST,
          index(c, i),
          expected,
          roundoff * Math.abs(expected) + SUM_ROUNDOFF * magnitude);
    }
    return comparison.fault;
  }

  /**
   * Where rounding may decide on which side of the ReLU's kink a value is, there is no gradient.
   */
  private void clearAtKinks(Execution execution) {
    for (int c = 0; c < shape.channels(); c++) {
      for (int i = 0; i < positions(); i++) {
        if (Math.abs(normalised(execution, c, i)) < KINK) {
          execution.values(MemoryArgument.DIFF_DST).put(index(c, i), 0);
        }
      }
    }
  }

  /** In the backward pass, whose mean and variance are given. */
  private double normalised(Execution execution, int c, int i) {
    double deviation = Math.sqrt((double) execution.values(MemoryArgument.VARIANCE).get(c) + eps);
    double centred =
        execution.values(MemoryArgument.SRC).get(index(c, i))
            - execution.values(MemoryArgument.MEAN).get(c);
    return centred / deviation * execution.values(MemoryArgument.SCALE).get(c)
        + execution.values(MemoryArgument.SHIFT).get(c);
  }

  /** The gradient of the normalised value: diffDst, or 0 where the ReLU is off. */
  private double gradient(Execution execution, int c, int i) {
    return withReLU && normalised(execution, c, i) <= 0
        ? 0
        : execution.values(MemoryArgument.DIFF_DST).get(index(c, i));
  }

  /** diffSrc = scale / deviation (diffDst - mean of diffDst - x mean of (diffDst x)). */
  private Optional<String> compareBackward(Execution execution, int c) {
    FloatBuffer src = execution.values(MemoryArgument.SRC);
    double mean = execution.values(MemoryArgument.MEAN).get(c);
    double deviation = Math.sqrt((double) execution.values(MemoryArgument.VARIANCE).get(c) + eps);
    double sum = 0;
    double product = 0;
    for (int i = 0; i < positions(); i++) {
      double gradient = gradient(execution, c, i);
      sum += gradient;
      product += gradient * (src.get(index(c, i)) - mean) / deviation;
    }
    Comparison comparison = new Comparison();
    comparison.expect(execution, MemoryArgument.DIFF_SHIFT, c, sum, 0);
    double largest = 2 * (4 + Math.abs(mean)) / deviation * positions();
    comparison.expect(execution, MemoryArgument.DIFF_SCALE, c, product, SUM_ROUNDOFF * largest);
    double factor = execution.values(MemoryArgument.SCALE).get(c) / deviation;
    for (int i = 0; i < positions(); i++) {
      double gradient = gradient(execution, c, i);
      double centred = (src.get(index(c, i)) - mean) / deviation;
      double expected = factor * (gradient - sum / positions() - centred * product / positions());
      double magnitude =
          Math.abs(factor)
              * (Math.abs(gradient)
                  + Math.abs(sum) / positions()
                  + Math.abs(centred) * largest / positions());
      comparison.expect(
          execution,
          MemoryArgument.DIFF_SRC,
          index(c, i),
          expected,
          roundoff * Math.abs(expected) + SUM_ROUNDOFF * magnitude);
    }
    return comparison.fault;
  }

  /** Keeps the first value that is further off than it may be. */
  private final class Comparison {
    private Optional<String> fault = Optional.empty();

    void expect(
        Execution execution, MemoryArgument argument, int index, double expected, double allowed) {
      float actual = execution.values(argument).get(index);
      if (!(Math.abs(actual - expected) <= allowed) && fault.isEmpty()) {
        int[] indices =
            execution.values(argument).capacity() == shape.channels()
                ? new int[] {index}
                : Mismatch.index(index, shape);
        fault = Optional.of(Mismatch.at(argument, indices, actual, expected));
      }
    }
  }

  private double mean(Execution execution, int c) {
    FloatBuffer src = execution.values(MemoryArgument.SRC);
    double sum = 0;
    for (int i = 0; i < positions(); i++) {
      sum += src.get(index(c, i));
    }
    return sum / positions();
  }

  private double variance(Execution execution, int c) {
    FloatBuffer src = execution.values(MemoryArgument.SRC);
    double mean = mean(execution, c);
    double sum = 0;
    for (int i = 0; i < positions(); i++) {
      double difference = src.get(index(c, i)) - mean;
      sum += difference * difference;
    }
    return sum / positions();
  }

  /** Values of a channel. */
  private int positions() {
    return Math.toIntExact(shape.elements() / shape.channels());
  }

  /** Where the i-th value of a channel is. */
  private int index(int c, int i) {
    int area = positions() / shape.batch();
    return (i / area * shape.channels() + c) * area + i % area;
  }
}
