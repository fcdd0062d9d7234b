package org.nin4j.engine.reference;

import java.util.Arrays;
import org.nin4j.engine.Weights;
import org.nin4j.nn.AdaptiveAvgPool2d;
import org.nin4j.nn.AvgPool2d;
import org.nin4j.nn.Shape;

/** The mean of each window: AvgPool2d and AdaptiveAvgPool2d, which differ only in the windows. */
final class AvgPoolStep implements TrainingStep {
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
  AvgPoolStep(AvgPool2d layer, Shape in, Shape out) {
    this(
        in,
        Windows.sliding(
            in.height(),
            out.height(),
            layer.kernel().height(),
            layer.stride().height(),
            layer.padding().height(),
            layer.countIncludePad()),
        Windows.sliding(
            in.width(),
            out.width(),
            layer.kernel().width(),
            layer.stride().width(),
            layer.padding().width(),
            layer.countIncludePad()));
  }

  /**
   * @param in (N, C, H, W)
   */
  AvgPoolStep(AdaptiveAvgPool2d layer, Shape in) {
    this(
        in,
        Windows.adaptive(in.height(), layer.output().height()),
        Windows.adaptive(in.width(), layer.output().width()));
  }

  private AvgPoolStep(Shape in, Windows rows, Windows columns) {
    this.channels = in.channels();
    this.width = in.width();
    this.plane = in.height() * in.width();
    this.rows = rows;
    this.columns = columns;
    this.diffPlane = new double[plane];
  }

  @Override
  public void forward(Weights weights, int count, float[] src, float[] dst) {
    int at = 0;
    for (int map = 0; map < count * channels; map++) {
      for (int oy = 0; oy < rows.number(); oy++) {
        for (int ox = 0; ox < columns.number(); ox++) {
          double sum = 0;
          for (int y = rows.from(oy); y < rows.to(oy); y++) {
            for (int x = columns.from(ox); x < columns.to(ox); x++) {
              sum += src[map * plane + y * width + x];
            }
          }
          dst[at++] = (float) (sum / divisor(oy, ox));
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
          double share = diffDst[at++] / divisor(oy, ox);
          for (int y = rows.from(oy); y < rows.to(oy); y++) {
            for (int x = columns.from(ox); x < columns.to(ox); x++) {
              diffPlane[y * width + x] += share;
            }
          }
        }
      }
      for (int i = 0; i < plane; i++) {
        diffSrc[map * plane + i] = (float) diffPlane[i];
      }
    }
  }

  private double divisor(int oy, int ox) {
    return (double) rows.counted(oy) * columns.counted(ox);
  }
}
