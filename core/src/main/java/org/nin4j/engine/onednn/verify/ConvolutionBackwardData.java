package org.nin4j.engine.onednn.verify;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;

/**
 * diffSrc(n, ic, row, column) = the sum over all oc, y, x, ky, kx whose window has that pixel at
 * (ky, kx) of diffDst(n, oc, y, x) weights(oc, ic, ky, kx).
 */
public record ConvolutionBackwardData(ConvolutionGeometry geometry) implements PrimitiveCheck {
  /**
   * Products in a sum that are not 0, on average; of both signs, so that the sums stay within 256,
   * practically always.
   */
  private static final int PRODUCTS = 100;

  private static final int LARGEST = 2;

  @Override
  public List<Operand> operands() {
    return List.of(
        Operand.input(Role.DIFF_DST, geometry.dst()),
        Operand.input(Role.WEIGHTS, geometry.weights()),
        Operand.output(Role.DIFF_SRC, geometry.src()));
  }

  @Override
  public void identify(Fingerprint fingerprint) {
    fingerprint.add("convolution backward data");
    geometry.identify(fingerprint);
  }

  @Override
  public Optional<String> run(Execution execution) {
    double terms = (double) geometry.outChannels() * geometry.kernel().area();
    double positions = (double) geometry.images() * geometry.area();
    Density density = Density.of(terms, PRODUCTS, positions, geometry.inChannels());
    for (int round = 0; round < density.rounds(); round++) {
      Numbers numbers = new Numbers(round);
      numbers.fillSigned(execution.values(Role.DIFF_DST), density.left(), LARGEST);
      numbers.fillSigned(execution.values(Role.WEIGHTS), density.right(), LARGEST);
      execution.run();
      Optional<String> fault = compare(execution, numbers);
      if (fault.isPresent()) {
        return fault;
      }
    }
    return Optional.empty();
  }

  private Optional<String> compare(Execution execution, Numbers numbers) {
    long[] ofImages = numbers.factors(geometry.images());
    long[] ofChannels = numbers.factors(geometry.inChannels());
    FloatBuffer diffSrc = execution.values(Role.DIFF_SRC);
    int area = geometry.area();
    long[] actual = new long[area];
    for (int n = 0, i = 0; n < geometry.images(); n++) {
      for (int ic = 0; ic < geometry.inChannels(); ic++) {
        long factor = ofImages[n] * ofChannels[ic];
        for (int p = 0; p < area; p++, i++) {
          long value = Numbers.whole(diffSrc.get(i), 1);
          if (value == Numbers.NONE) {
            return Optional.of(fault(execution, n, ic, p));
          }
          actual[p] += factor * value;
        }
      }
    }
    long[] diffDst = Checksums.overFirst(execution.values(Role.DIFF_DST), ofImages, null, 1);
    long[] weights =
        Checksums.overSecond(execution.values(Role.WEIGHTS), geometry.outChannels(), ofChannels);
    for (int p = 0; p < area; p++) {
      if (actual[p] != checksum(diffDst, weights, p)) {
        return Optional.of(locate(execution, p));
      }
    }
    return Optional.empty();
  }

  /** One of the windows that have a pixel: where it comes out, and what weight it has there. */
  @FunctionalInterface
  private interface Window {
    void accept(int outPosition, int kernelPosition);
  }

  private void forEachWindow(int pixel, Window window) {
    int row = pixel / geometry.width() + geometry.padding().height();
    int column = pixel % geometry.width() + geometry.padding().width();
    int strideHeight = geometry.stride().height();
    int strideWidth = geometry.stride().width();
    for (int ky = 0; ky < geometry.kernel().height(); ky++) {
      for (int kx = 0; kx < geometry.kernel().width(); kx++) {
        int y = Math.floorDiv(row - ky, strideHeight);
        int x = Math.floorDiv(column - kx, strideWidth);
        if (y * strideHeight == row - ky
            && x * strideWidth == column - kx
            && y >= 0
            && x >= 0
            && y < geometry.outHeight()
            && x < geometry.outWidth()) {
          window.accept(y * geometry.outWidth() + x, ky * geometry.kernel().width() + kx);
        }
      }
    }
  }

  private long checksum(long[] diffDst, long[] weights, int pixel) {
    long[] sum = {0};
    forEachWindow(
        pixel,
        (out, kernel) -> {
          for (int oc = 0; oc < geometry.outChannels(); oc++) {
            sum[0] +=
                diffDst[oc * geometry.outArea() + out]
                    * weights[oc * geometry.kernel().area() + kernel];
          }
        });
    return sum[0];
  }

  private String locate(Execution execution, int pixel) {
    for (int n = 0; n < geometry.images(); n++) {
      for (int ic = 0; ic < geometry.inChannels(); ic++) {
        if (value(execution, n, ic, pixel) != sum(execution, n, ic, pixel)) {
          return fault(execution, n, ic, pixel);
        }
      }
    }
    throw new IllegalStateException("the checksums differ, but no value does");
  }

  private String fault(Execution execution, int n, int ic, int pixel) {
    return Faults.at(
        "diffSrc",
        new int[] {n, ic, pixel / geometry.width(), pixel % geometry.width()},
        value(execution, n, ic, pixel),
        sum(execution, n, ic, pixel));
  }

  private float value(Execution execution, int n, int ic, int pixel) {
    int index = (n * geometry.inChannels() + ic) * geometry.area() + pixel;
    return execution.values(Role.DIFF_SRC).get(index);
  }

  private double sum(Execution execution, int n, int ic, int pixel) {
    FloatBuffer diffDst = execution.values(Role.DIFF_DST);
    FloatBuffer weights = execution.values(Role.WEIGHTS);
    double[] sum = {0};
    forEachWindow(
        pixel,
        (out, kernel) -> {
          for (int oc = 0; oc < geometry.outChannels(); oc++) {
            int from = (n * geometry.outChannels() + oc) * geometry.outArea();
            int weight = oc * geometry.terms() + ic * geometry.kernel().area() + kernel;
            sum[0] += (double) diffDst.get(from + out) * weights.get(weight);
          }
        });
    return sum[0];
  }
}
