package org.nin4j.interchange.onnx;

import java.util.ArrayList;
import java.util.List;
import org.nin4j.error.InvalidFileException;
import org.nin4j.nn.AvgPool2d;
import org.nin4j.nn.Layer;
import org.nin4j.nn.MaxPool2d;
import org.nin4j.nn.Shape;
import org.nin4j.nn.ShapeException;
import org.nin4j.nn.Size2d;

/**
 * Finds the pool that has the windows of an ONNX operator, whose padding may differ at the ends.
 */
final class PoolChoice {
  private PoolChoice() {}

  /**
   * Returns the first pool that has the operator's windows: in floor mode, or else in ceil mode.
   *
   * @param in (1, C, H, W)
   * @param pads zeros that were added to the image
   * @param mean whether it is a mean, or else a maximum
   * @param budget bounds the number of windows
   */
  static Layer of(OnnxNode node, Shape in, ExplicitPads pads, boolean mean, ValueBudget budget)
      throws InvalidFileException {
    List<Long> kernel = node.integers("kernel_shape").orElse(List.of());
    if (kernel.size() != 2) {
      throw node.invalid("has no kernel_shape of two extents");
    }
    boolean ceilMode = node.integer("ceil_mode", 0) != 0;
    boolean counts = mean && node.integer("count_include_pad", 0) != 0;
    WindowAxis rows = WindowAxis.of(node, 0, in, pads, kernel.get(0), ceilMode);
    WindowAxis columns = WindowAxis.of(node, 1, in, pads, kernel.get(1), ceilMode);
    budget.addWindows(node, (long) rows.windows() + columns.windows());
    PooledPixels tall = PooledPixels.of(rows, pads.top(), pads.bottom(), mean, counts);
    PooledPixels wide = PooledPixels.of(columns, pads.left(), pads.right(), mean, counts);
    if (!tall.areInImage() || !wide.areInImage()) {
      throw node.invalid("has windows that lie in the padding alone, which is not supported");
    }
    Size2d window = new Size2d(rows.kernel(), columns.kernel());
    Size2d stride = new Size2d(rows.stride(), columns.stride());
    Size2d padding = new Size2d(rows.begin() + pads.top(), columns.begin() + pads.left());
    return pools(window, stride, padding, mean).stream()
        .filter(pool -> has(pool, in, tall, wide))
        .findFirst()
        .orElseThrow(
            () ->
                node.invalid(
                    "has padding at the end that differs from that at the beginning in a way that"
                        + " no pool of this library has"));
  }

  private static List<Layer> pools(Size2d window, Size2d stride, Size2d padding, boolean mean) {
    List<Layer> pools = new ArrayList<>();
    try {
      for (boolean ceilMode : new boolean[] {false, true}) {
        if (mean) {
          pools.add(new AvgPool2d(window, stride, padding, ceilMode, true));
          pools.add(new AvgPool2d(window, stride, padding, ceilMode, false));
        } else {
          pools.add(new MaxPool2d(window, stride, padding, ceilMode));
        }
      }
    } catch (IllegalArgumentException e) {
      return List.of(); // padding of more than half the kernel
    }
    return pools;
  }

  private static boolean has(Layer pool, Shape in, PooledPixels rows, PooledPixels columns) {
    Shape out;
    try {
      out = pool.outputShape(in);
    } catch (ShapeException e) {
      return false;
    }
    return out.height() == rows.windows().size()
        && out.width() == columns.windows().size()
        && PooledPixels.of(pool, 0, in).equals(rows)
        && PooledPixels.of(pool, 1, in).equals(columns);
  }
}
