package org.nin4j.engine.onednn;

import org.nin4j.nn.AdaptiveAvgPool2d;
import org.nin4j.nn.AvgPool2d;
import org.nin4j.nn.Shape;

/**
 * The windows of average pooling, as PyTorch defines them, written as each position's share in each
 * mean.
 */
final class AveragingMatrix {
  private AveragingMatrix() {}

  /** (H*W, OH*OW) of windows floor(i H / OH) to ceil((i + 1) H / OH). */
  static float[] of(AdaptiveAvgPool2d layer, Shape input) {
    return product(
        input,
        adaptive(input.height(), layer.output().height()),
        adaptive(input.width(), layer.output().width()));
  }

  /**
   * (H*W, OH*OW) of a sliding window; padding within the layer's own counts in the divisor, what
   * lies beyond does not.
   */
  static float[] of(AvgPool2d layer, Shape input) {
    Shape output = layer.outputShape(input);
    return product(
        input,
        sliding(
            input.height(),
            output.height(),
            layer.kernel().height(),
            layer.stride().height(),
            layer.padding().height()),
        sliding(
            input.width(),
            output.width(),
            layer.kernel().width(),
            layer.stride().width(),
            layer.padding().width()));
  }

  /** A window along one axis: from (inclusive) to (exclusive), and what its sum is divided by. */
  private record Span(int from, int to, int divisor) {
    boolean covers(int position) {
      return from <= position && position < to;
    }
  }

  private static Span[] adaptive(int in, int out) {
    Span[] spans = new Span[out];
    for (int i = 0; i < out; i++) {
      int from = (int) ((long) i * in / out);
      int to = (int) (((long) (i + 1) * in + out - 1) / out);
      spans[i] = new Span(from, to, to - from);
    }
    return spans;
  }

  private static Span[] sliding(int in, int out, int kernel, int stride, int padding) {
    Span[] spans = new Span[out];
    for (int i = 0; i < out; i++) {
      int from = i * stride - padding;
      int to = Math.min(from + kernel, in + padding);
      spans[i] = new Span(Math.max(from, 0), Math.min(to, in), to - from);
    }
    return spans;
  }

  private static float[] product(Shape input, Span[] rows, Span[] columns) {
    int out = rows.length * columns.length;
    float[] shares = new float[input.height() * input.width() * out];
    for (int y = 0; y < input.height(); y++) {
      for (int x = 0; x < input.width(); x++) {
        for (int i = 0; i < rows.length; i++) {
          for (int j = 0; j < columns.length; j++) {
            if (rows[i].covers(y) && columns[j].covers(x)) {
              shares[(y * input.width() + x) * out + i * columns.length + j] =
                  1f / (rows[i].divisor() * columns[j].divisor());
            }
          }
        }
      }
    }
    return shares;
  }
}
