package org.nin4j.engine.reference;

import java.util.Arrays;
import org.nin4j.engine.Weights;
import org.nin4j.nn.MaxPool2d;
import org.nin4j.nn.Shape;

/**
 * The largest value of each window. Padding is minus infinity: it never wins, so windows are cut to
 * the image. Of equal values the first in row-major order is the maximum and takes the gradient;
 * NaN is larger than everything, and of several the last one is taken, as in PyTorch.
 */
final class MaxPool2dStep implements TrainingStep {
  private final int channels;
  private final int plane;
  private final int width;
  private final Windows rows;
  private final Windows columns;
  private final double[] diffPlane; // (H, W): gradients of overlapping windows, summed

  /**
   * @param in (N, C, H, W)
   * @param out (N, C, OH, OW)
   */
  MaxPool2dStep(MaxPool2d layer, Shape in, Shape out) {
    channels = in.channels();
    width = in.width();
    plane = in.height() * in.width();
    rows =
        Windows.sliding(
            in.height(),
            out.height(),
            layer.kernel().height(),
            layer.stride().height(),
            layer.padding().height(),
            false);
    columns =
        Windows.sliding(
            in.width(),
            out.width(),
            layer.kernel().width(),
            layer.stride().width(),
            layer.padding().width(),
            false);
    diffPlane = new double[plane];
  }

  @Override
  public void forward(Weights weights, int count, float[] src, float[] dst) {
    int at = 0;
    for (int map = 0; map < count * channels; map++) {
      for (int oy = 0; oy < rows.number(); oy++) {
        for (int ox = 0; ox < columns.number(); ox++) {
          dst[at++] = src[map * plane + maximum(src, map * plane, oy, ox)];
        }
      }
    }
  }

  @Override
  public void backwardData(
      Weights weights, int count, float[] src, float[] diffDst, float[] diffSrc) {
    int at = 0;
    for (int map = 0; map < count * channels; map++) {
      Arrays.fill(diffPlane, 0);
      for (int oy = 0; oy < rows.number(); oy++) {
        for (int ox = 0; ox < columns.number(); ox++) {
          diffPlane[maximum(src, map * plane, oy, ox)] += diffDst[at++];
        }
      }
      for (int i = 0; i < plane; i++) {
        diffSrc[map * plane + i] = (float) diffPlane[i];
      }
    }
  }

  /** Index of the maximum of a window, in the feature map that starts at {@code map}. */
  private int maximum(float[] src, int map, int oy, int ox) {
    int best = rows.from(oy) * width + columns.from(ox);
    for (int y = rows.from(oy); y < rows.to(oy); y++) {
      for (int x = columns.from(ox); x < columns.to(ox); x++) {
        float value = src[map + y * width + x];
        if (value > src[map + best] || Float.isNaN(value)) {
          best = y * width + x;
        }
      }
    }
    return best;
  }
}
