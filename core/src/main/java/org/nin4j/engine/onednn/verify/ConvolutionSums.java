package org.nin4j.engine.onednn.verify;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nin4j.engine.onednn.verify.Convolution.Pass;

/**
 * The sums of one pass of a convolution, plainly as its definition has them. The result has two
 * extents of images or channels, outer and inner, and positions; the left factor has the outer one
 * and the one that is summed over, the right factor has the inner one and that.
 */
final class ConvolutionSums {
  private final Convolution convolution;
  private final Pass pass;
  private final ConvolutionGeometry geometry;
  private final Arithmetic arithmetic;
  private final boolean[] open;
  private final FloatBuffer left;
  private final FloatBuffer right;
  private final FloatBuffer result;
  private final FloatBuffer bias; // null without one

  /**
   * @param open forward, of each output channel whether its sums come out; else null
   */
  ConvolutionSums(Convolution convolution, Execution execution, boolean[] open) {
    this.convolution = convolution;
    this.open = open;
    pass = convolution.pass();
    geometry = convolution.geometry();
    arithmetic = convolution.arithmetic();
    left = execution.values(convolution.left());
    right = execution.values(convolution.right());
    result = execution.values(convolution.result());
    bias = convolution.withBias() ? execution.values(convolution.bias()) : null;
  }

  int outerExtent() {
    return pass == Pass.BACKWARD_WEIGHTS ? geometry.outChannels() : geometry.images();
  }

  int innerExtent() {
    return pass == Pass.FORWARD ? geometry.outChannels() : geometry.inChannels();
  }

  private int summedExtent() {
    return switch (pass) {
      case FORWARD -> geometry.inChannels();
      case BACKWARD_DATA -> geometry.outChannels();
      case BACKWARD_WEIGHTS -> geometry.images();
    };
  }

  /** Of the result. */
  int positions() {
    return switch (pass) {
      case FORWARD -> geometry.outArea();
      case BACKWARD_DATA -> geometry.area();
      case BACKWARD_WEIGHTS -> geometry.kernel().area();
    };
  }

  private int leftPositions() {
    return pass == Pass.FORWARD ? geometry.area() : geometry.outArea();
  }

  private int rightPositions() {
    return pass == Pass.BACKWARD_WEIGHTS ? geometry.area() : geometry.kernel().area();
  }

  /** Whether a channel of the result is 0 everywhere, for its sums are negative. */
  boolean isClosed(int inner) {
    return open != null && !open[inner];
  }

  float result(int index) {
    return result.get(index);
  }

  /** A product that is part of a sum: positions of the factors and of the result. */
  @FunctionalInterface
  private interface Product {
    void at(int left, int right, int result);
  }

  private void forEachProduct(Product product) {
    for (int p = 0; p < geometry.outArea(); p++) {
      for (int k = 0; k < geometry.kernel().area(); k++) {
        int row = geometry.row(p / geometry.outWidth(), k / geometry.kernel().width());
        int column = geometry.column(p % geometry.outWidth(), k % geometry.kernel().width());
        if (geometry.inside(row, column)) {
          int pixel = row * geometry.width() + column;
          switch (pass) {
            case FORWARD -> product.at(pixel, k, p);
            case BACKWARD_DATA -> product.at(p, k, pixel);
            case BACKWARD_WEIGHTS -> product.at(p, pixel, k);
          }
        }
      }
    }
  }

  /** What the checksum of the result must be at each position. */
  long[] checksums(long[] outer, long[] inner) {
    int summed = summedExtent();
    boolean forward = pass == Pass.FORWARD;
    boolean weights = pass == Pass.BACKWARD_WEIGHTS;
    long[] ofLeft = Checksums.over(left, weights ? summed : 1, outer, null, arithmetic.srcUnit());
    long[] ofRight =
        Checksums.over(right, forward ? 1 : summed, inner, open, arithmetic.weightsUnit());
    long[] sums = new long[positions()];
    for (int s = 0; s < summed; s++) {
      int fromLeft = s * leftPositions();
      int fromRight = s * rightPositions();
      forEachProduct((l, r, p) -> sums[p] += ofLeft[fromLeft + l] * ofRight[fromRight + r]);
    }
    if (forward && bias != null) {
      long sum = Checksums.over(bias, 1, inner, open, arithmetic.unit())[0];
      for (int p = 0; p < sums.length; p++) {
        for (long factor : outer) {
          sums[p] += factor * sum;
        }
      }
    }
    return sums;
  }

  /** The first value at a position that is not the sum it should be, in words. */
  String firstFault(int position) {
    List<int[]> products = products(position);
    for (int a = 0; a < outerExtent(); a++) {
      for (int b = 0; b < innerExtent(); b++) {
        if (result(index(a, b, position)) != sum(a, b, products)) {
          return fault(a, b, position);
        }
      }
    }
    throw new IllegalStateException("the checksums differ, but no value does: " + convolution);
  }

  /** Describes a value and the sum that it should be. */
  String fault(int outer, int inner, int position) {
    int width =
        switch (pass) {
          case FORWARD -> geometry.outWidth();
          case BACKWARD_DATA -> geometry.width();
          case BACKWARD_WEIGHTS -> geometry.kernel().width();
        };
    return Mismatch.at(
        convolution.result(),
        new int[] {outer, inner, position / width, position % width},
        result(index(outer, inner, position)),
        sum(outer, inner, products(position)));
  }

  private int index(int outer, int inner, int position) {
    return (outer * innerExtent() + inner) * positions() + position;
  }

  private List<int[]> products(int position) {
    List<int[]> products = new ArrayList<>();
    forEachProduct(
        (l, r, p) -> {
          if (p == position) {
            products.add(new int[] {l, r});
          }
        });
    return products;
  }

  private double sum(int outer, int inner, List<int[]> products) {
    if (isClosed(inner)) {
      return 0;
    }
    int summed = summedExtent();
    double sum = pass == Pass.FORWARD && bias != null ? bias.get(inner) : 0;
    for (int s = 0; s < summed; s++) {
      int ofLeft = pass == Pass.BACKWARD_WEIGHTS ? s * outerExtent() + outer : outer * summed + s;
      int ofRight = pass == Pass.FORWARD ? inner * summed + s : s * innerExtent() + inner;
      for (int[] each : products) {
        sum +=
            (double) left.get(ofLeft * leftPositions() + each[0])
                * right.get(ofRight * rightPositions() + each[1]);
      }
    }
    return sum / arithmetic.unit() * arithmetic.dstUnit();
  }

  /** The gradient of the bias is the sum of the left factor over images and positions. */
  Optional<String> biasFault() {
    for (int oc = 0; oc < geometry.outChannels(); oc++) {
      double sum = 0;
      for (int n = 0; n < geometry.images(); n++) {
        int from = (n * geometry.outChannels() + oc) * geometry.outArea();
        for (int p = 0; p < geometry.outArea(); p++) {
          sum += left.get(from + p);
        }
      }
      if (bias.get(oc) != sum) {
        return Optional.of(Mismatch.at(convolution.bias(), new int[] {oc}, bias.get(oc), sum));
      }
    }
    return Optional.empty();
  }
}
