package org.nin4j.engine.onednn.verify;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.nin4j.nn.Shape;
import org.nin4j.nn.Size2d;

/**
 * The largest value, or the mean, of each window; backward, the gradient of each output goes to
 * where the largest was, or in equal parts to all of the window.
 *
 * @param roundoff largest relative error of a value that is rounded once: of a mean, which is
 *     seldom a whole number
 */
public record Pooling(
    Kind kind,
    boolean backward,
    Shape input,
    Shape output,
    Size2d kernel,
    Size2d stride,
    Size2d padding,
    double roundoff)
    implements PrimitiveCheck {
  /** What is made of a window. */
  public enum Kind {
    MAX,
    /** The mean, in which padding counts. */
    MEAN_WITH_PADDING,
    /** The mean of what is in the image. */
    MEAN_WITHOUT_PADDING
  }

  /** The upper half of 1.0 in fp32, and all of it in bf16: consecutive numbers follow. */
  private static final int ONE_IN_BF16 = 0x3F80;

  private static final int LARGEST_INTEGERS = 128;

  /** Values of a window that are not 0, so that their sum has few bits. */
  private static final int SUMMANDS = 32;

  @Override
  public List<Operand> operands() {
    List<Operand> operands = new ArrayList<>();
    if (kind == Kind.MAX || !backward) {
      operands.add(Operand.input(MemoryArgument.SRC, input));
    }
    if (backward) {
      operands.add(Operand.input(MemoryArgument.DIFF_DST, output));
      operands.add(Operand.output(MemoryArgument.DIFF_SRC, input));
    } else {
      operands.add(Operand.output(MemoryArgument.DST, output));
    }
    return operands;
  }

  @Override
  public void identify(Fingerprint fingerprint) {
    fingerprint.add("pooling").add(kind.name()).add(backward ? 1 : 0);
    for (int axis = 0; axis < input.rank(); axis++) {
      fingerprint.add(input.dim(axis)).add(output.dim(axis));
    }
    fingerprint
        .add(kernel.height())
        .add(kernel.width())
        .add(stride.height())
        .add(stride.width())
        .add(padding.height())
        .add(padding.width());
  }

  @Override
  public Optional<String> run(Execution execution) {
    RandomIntegers numbers = new RandomIntegers(0);
    FloatBuffer src = execution.values(MemoryArgument.SRC);
    if (kind == Kind.MAX) {
      fillForMax(src, numbers);
    } else if (!backward) {
      double share = Math.min(0.5, (double) SUMMANDS / kernel.area());
      numbers.fill(src, 0, src.capacity(), share, 2, 1);
    }
    if (backward) {
      numbers.fillSigned(execution.values(MemoryArgument.DIFF_DST), 0.75, 2);
    }
    execution.run();
    float[] expected = new float[input.height() * input.width()];
    int area = output.height() * output.width();
    int maps = input.batch() * input.channels();
    for (int map = 0; map < maps; map++) {
      if (backward) {
        backward(execution, map, expected);
        Optional<String> fault = compare(execution, MemoryArgument.DIFF_SRC, map, expected, input);
        if (fault.isPresent()) {
          return fault;
        }
      } else {
        float[] means = new float[area];
        for (int p = 0; p < area; p++) {
          means[p] = forward(src, map, p);
        }
        Optional<String> fault = compare(execution, MemoryArgument.DST, map, means, output);
        if (fault.isPresent()) {
          return fault;
        }
      }
    }
    return Optional.empty();
  }

  /**
   * In every window each value is another, or the gradient would have several ways to go. Forward,
   * in windows of more values than 8-bit integers can distinguish, some are equal.
   */
  private void fillForMax(FloatBuffer src, RandomIntegers numbers) {
    int ranks = kernel.area();
    int i = 0;
    while (i < src.capacity()) {
      int shift = numbers.between(0, ranks - 1);
      for (int y = 0; y < input.height(); y++) {
        for (int x = 0; x < input.width(); x++, i++) {
          int index = y % kernel.height() * kernel.width() + x % kernel.width();
          int rank = (index + shift) % ranks;
          src.put(
              i,
              backward
                  ? Float.intBitsToFloat((ONE_IN_BF16 + rank) << 16)
                  : rank % LARGEST_INTEGERS);
        }
      }
    }
  }

  private float forward(FloatBuffer src, int map, int position) {
    if (kind == Kind.MAX) {
      return src.get(largest(src, map, position));
    }
    int top = top(position);
    int left = left(position);
    float sum = 0;
    for (int y = Math.max(0, top); y < bottom(top); y++) {
      for (int x = Math.max(0, left); x < right(left); x++) {
        sum += src.get((map * input.height() + y) * input.width() + x);
      }
    }
    return sum / divisor(top, left);
  }

  private void backward(Execution execution, int map, float[] expected) {
    Arrays.fill(expected, 0);
    FloatBuffer src = execution.values(MemoryArgument.SRC);
    int area = output.height() * output.width();
    for (int p = 0; p < area; p++) {
      float gradient = execution.values(MemoryArgument.DIFF_DST).get(map * area + p);
      if (kind == Kind.MAX) {
        expected[largest(src, map, p) - map * expected.length] += gradient;
      } else {
        int top = top(p);
        int left = left(p);
        float share = gradient / divisor(top, left);
        for (int y = Math.max(0, top); y < bottom(top); y++) {
          for (int x = Math.max(0, left); x < right(left); x++) {
            expected[y * input.width() + x] += share;
          }
        }
      }
    }
  }

  private int largest(FloatBuffer src, int map, int position) {
    int top = top(position);
    int left = left(position);
    int best = -1;
    for (int y = Math.max(0, top); y < bottom(top); y++) {
      for (int x = Math.max(0, left); x < right(left); x++) {
        int index = (map * input.height() + y) * input.width() + x;
        if (best < 0 || src.get(index) > src.get(best)) {
          best = index;
        }
      }
    }
    return best;
  }

  private int top(int position) {
    return position / output.width() * stride.height() - padding.height();
  }

  private int left(int position) {
    return position % output.width() * stride.width() - padding.width();
  }

  private int bottom(int top) {
    return Math.min(input.height(), top + kernel.height());
  }

  private int right(int left) {
    return Math.min(input.width(), left + kernel.width());
  }

  private int divisor(int top, int left) {
    return kind == Kind.MEAN_WITH_PADDING
        ? kernel.area()
        : (bottom(top) - Math.max(0, top)) * (right(left) - Math.max(0, left));
  }

  private Optional<String> compare(
      Execution execution, MemoryArgument argument, int map, float[] expected, Shape shape) {
    FloatBuffer values = execution.values(argument);
    for (int p = 0; p < expected.length; p++) {
      int index = map * expected.length + p;
      float actual = values.get(index);
      double allowed = kind == Kind.MAX ? 0 : allowed(expected[p]);
      if (!(Math.abs(actual - expected[p]) <= allowed)) {
        return Optional.of(
            Mismatch.at(argument, Mismatch.index(index, shape), actual, expected[p]));
      }
    }
    return Optional.empty();
  }

  /** Of a mean; where windows overlap, shares of gradients of up to 2 are added, each rounded. */
  private double allowed(float expected) {
    double windows =
        Math.ceil((double) kernel.height() / stride.height())
            * Math.ceil((double) kernel.width() / stride.width());
    return roundoff * (backward && windows > 1 ? 2 * windows : Math.abs(expected));
  }
}
