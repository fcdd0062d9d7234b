package org.nin4j.engine.onednn.verify;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * diffWeights(oc, ic, ky, kx) = sum over n, y, x of diffDst(n, oc, y, x) src(n, ic, ...) in fp32;
 * diffBias(oc) = sum over n, y, x of diffDst(n, oc, y, x).
 */
public record ConvolutionBackwardWeights(ConvolutionGeometry geometry, boolean withBias)
    implements PrimitiveCheck {
  private static final double SHARE = 0.5;
  private static final int LARGEST = 2;

  @Override
  public List<Operand> operands() {
    List<Operand> operands = new ArrayList<>();
    operands.add(Operand.input(Role.SRC, geometry.src()));
    operands.add(Operand.input(Role.DIFF_DST, geometry.dst()));
    operands.add(Operand.output(Role.DIFF_WEIGHTS, geometry.weights()));
    if (withBias) {
      operands.add(Operand.output(Role.DIFF_BIAS, geometry.outChannels()));
    }
    return operands;
  }

  @Override
  public void identify(Fingerprint fingerprint) {
    fingerprint.add("convolution backward weights");
    geometry.identify(fingerprint);
    fingerprint.add(withBias ? 1 : 0);
  }

  @Override
  public Optional<String> run(Execution execution) {
    Numbers numbers = new Numbers(0);
    numbers.fillSigned(execution.values(Role.SRC), SHARE, LARGEST);
    numbers.fillSigned(execution.values(Role.DIFF_DST), SHARE, LARGEST);
    execution.run();
    Optional<String> fault = compareWeights(execution, numbers);
    return fault.isPresent() || !withBias ? fault : compareBias(execution);
  }

  private Optional<String> compareWeights(Execution execution, Numbers numbers) {
    long[] ofOutputs = numbers.factors(geometry.outChannels());
    long[] ofInputs = numbers.factors(geometry.inChannels());
    FloatBuffer diffWeights = execution.values(Role.DIFF_WEIGHTS);
    int kernelArea = geometry.kernel().area();
    long[] actual = new long[kernelArea];
    for (int oc = 0, i = 0; oc < geometry.outChannels(); oc++) {
      for (int ic = 0; ic < geometry.inChannels(); ic++) {
        long factor = ofOutputs[oc] * ofInputs[ic];
        for (int k = 0; k < kernelArea; k++, i++) {
          long value = Numbers.whole(diffWeights.get(i), 1);
          if (value == Numbers.NONE) {
            return Optional.of(fault(execution, oc, ic, k));
          }
          actual[k] += factor * value;
        }
      }
    }
    int images = geometry.images();
    long[] src = Checksums.overSecond(execution.values(Role.SRC), images, ofInputs);
    long[] diffDst = Checksums.overSecond(execution.values(Role.DIFF_DST), images, ofOutputs);
    for (int k = 0; k < kernelArea; k++) {
      if (actual[k] != checksum(src, diffDst, k)) {
        return Optional.of(locate(execution, k));
      }
    }
    return Optional.empty();
  }

  private long checksum(long[] src, long[] diffDst, int k) {
    long sum = 0;
    for (int n = 0, i = 0; n < geometry.images(); n++) {
      for (int y = 0; y < geometry.outHeight(); y++) {
        int row = geometry.row(y, k / geometry.kernel().width());
        for (int x = 0; x < geometry.outWidth(); x++, i++) {
          int column = geometry.column(x, k % geometry.kernel().width());
          if (geometry.inside(row, column)) {
            sum += diffDst[i] * src[n * geometry.area() + row * geometry.width() + column];
          }
        }
      }
    }
    return sum;
  }

  private Optional<String> compareBias(Execution execution) {
    for (int oc = 0; oc < geometry.outChannels(); oc++) {
      double sum = 0;
      for (int n = 0; n < geometry.images(); n++) {
        for (int p = 0; p < geometry.outArea(); p++) {
          sum += diffDst(execution, n, oc, p);
        }
      }
      float actual = execution.values(Role.DIFF_BIAS).get(oc);
      if (actual != sum) {
        return Optional.of(Faults.at("diffBias", new int[] {oc}, actual, sum));
      }
    }
    return Optional.empty();
  }

  private String locate(Execution execution, int k) {
    for (int oc = 0; oc < geometry.outChannels(); oc++) {
      for (int ic = 0; ic < geometry.inChannels(); ic++) {
        if (value(execution, oc, ic, k) != sum(execution, oc, ic, k)) {
          return fault(execution, oc, ic, k);
        }
      }
    }
    throw new IllegalStateException("the checksums differ, but no value does");
  }

  private String fault(Execution execution, int oc, int ic, int k) {
    int width = geometry.kernel().width();
    return Faults.at(
        "diffWeights",
        new int[] {oc, ic, k / width, k % width},
        value(execution, oc, ic, k),
        sum(execution, oc, ic, k));
  }

  private float value(Execution execution, int oc, int ic, int k) {
    int index = oc * geometry.terms() + ic * geometry.kernel().area() + k;
    return execution.values(Role.DIFF_WEIGHTS).get(index);
  }

  private double sum(Execution execution, int oc, int ic, int k) {
    FloatBuffer src = execution.values(Role.SRC);
    double sum = 0;
    for (int n = 0; n < geometry.images(); n++) {
      for (int p = 0; p < geometry.outArea(); p++) {
        int row = geometry.row(p / geometry.outWidth(), k / geometry.kernel().width());
        int column = geometry.column(p % geometry.outWidth(), k % geometry.kernel().width());
        if (geometry.inside(row, column)) {
          int from = (n * geometry.inChannels() + ic) * geometry.area();
          sum += diffDst(execution, n, oc, p) * src.get(from + row * geometry.width() + column);
        }
      }
    }
    return sum;
  }

  private double diffDst(Execution execution, int n, int oc, int position) {
    int from = (n * geometry.outChannels() + oc) * geometry.outArea();
    return execution.values(Role.DIFF_DST).get(from + position);
  }
}
