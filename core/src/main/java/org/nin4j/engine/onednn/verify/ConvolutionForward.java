package org.nin4j.engine.onednn.verify;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * dst(n, oc, y, x) = sum over ic, ky, kx of src(n, ic, ...) weights(oc, ic, ky, kx), plus bias(oc);
 * where it is clamped, 0 instead of negative numbers.
 *
 * <p>In a round all of src has one sign and all weights of an output channel have one, so that a
 * channel is open or clamped as a whole; in the next round it is the other.
 *
 * @param clamped whether a ReLU is fused, or dst holds integers that are never negative
 */
public record ConvolutionForward(
    ConvolutionGeometry geometry, boolean withBias, boolean clamped, Arithmetic arithmetic)
    implements PrimitiveCheck {

  /**
   * In which numbers it computes.
   *
   * @param integers whether src and weights are integers of 8 bits, with scales
   * @param signed whether src can be negative
   * @param toIntegers whether dst holds integers of 8 bits too
   */
  public record Arithmetic(boolean integers, boolean signed, boolean toIntegers) {
    public static final Arithmetic FLOATS = new Arithmetic(false, true, false);

    /** Odd, so that low bits take part; twice it is within 7 bits. */
    float srcUnit() {
      return integers ? 37 : 1;
    }

    float weightsUnit() {
      return integers ? 63 : 1;
    }

    float unit() {
      return srcUnit() * weightsUnit();
    }

    float dstUnit() {
      return toIntegers ? 1 : unit();
    }

    /** The scale of a channel's weights; powers of two. */
    int scale(int channel) {
      return integers && !toIntegers ? 1 + channel % 2 : 1;
    }
  }

  /** Products in a sum that are not 0, on average; the sums stay below 124, practically always. */
  private static final int PRODUCTS = 12;

  private static final int LARGEST = 2;
  private static final int LARGEST_BIAS = 3;

  @Override
  public List<Operand> operands() {
    List<Operand> operands = new ArrayList<>();
    operands.add(Operand.input(Role.SRC, geometry.src()));
    if (arithmetic.integers()) {
      operands.add(Operand.input(Role.WEIGHTS_SCALE, geometry.outChannels()));
      operands.add(Operand.input(Role.SRC_SCALE, 1));
    }
    if (arithmetic.toIntegers()) {
      operands.add(Operand.input(Role.DST_SCALE, 1));
    }
    operands.add(Operand.input(Role.WEIGHTS, geometry.weights()));
    if (withBias) {
      operands.add(Operand.input(Role.BIAS, geometry.outChannels()));
    }
    operands.add(Operand.output(Role.DST, geometry.dst()));
    return operands;
  }

  @Override
  public void identify(Fingerprint fingerprint) {
    fingerprint.add("convolution forward");
    geometry.identify(fingerprint);
    fingerprint
        .add(withBias ? 1 : 0)
        .add(clamped ? 1 : 0)
        .add(arithmetic.integers() ? 1 : 0)
        .add(arithmetic.signed() ? 1 : 0)
        .add(arithmetic.toIntegers() ? 1 : 0);
  }

  @Override
  public Optional<String> run(Execution execution) {
    double positions = (double) geometry.images() * geometry.outArea();
    Density density = Density.of(geometry.terms(), PRODUCTS, positions, geometry.outChannels());
    for (int round = 0; round < 2 * density.rounds(); round++) {
      Numbers numbers = new Numbers(round);
      boolean[] open = fill(execution, density, numbers, round % 2 == 1);
      execution.run();
      Optional<String> fault = compare(execution, open, numbers);
      if (fault.isPresent()) {
        return fault;
      }
    }
    return Optional.empty();
  }

  /** Returns of each channel whether its sums come out. */
  private boolean[] fill(
      Execution execution, Density density, Numbers numbers, boolean otherSigns) {
    boolean negativeSrc = otherSigns && arithmetic.signed();
    boolean otherChannels = otherSigns && !arithmetic.signed();
    FloatBuffer src = execution.values(Role.SRC);
    float unit = negativeSrc ? -arithmetic.srcUnit() : arithmetic.srcUnit();
    numbers.fill(src, 0, src.capacity(), density.left(), LARGEST, unit);
    FloatBuffer weights = execution.values(Role.WEIGHTS);
    boolean[] open = new boolean[geometry.outChannels()];
    for (int oc = 0; oc < open.length; oc++) {
      boolean negative = (oc % 3 == 0) != otherChannels;
      open[oc] = !clamped || negative == negativeSrc;
      float scaled = arithmetic.weightsUnit() * arithmetic.scale(oc);
      int from = oc * geometry.terms();
      numbers.fill(
          weights,
          from,
          from + geometry.terms(),
          density.right(),
          LARGEST,
          negative ? -scaled : scaled);
      if (withBias) {
        float bias = numbers.between(1, LARGEST_BIAS) * arithmetic.unit();
        execution.values(Role.BIAS).put(oc, negative == negativeSrc ? bias : -bias);
      }
      if (arithmetic.integers()) {
        execution.values(Role.WEIGHTS_SCALE).put(oc, arithmetic.scale(oc));
      }
    }
    if (arithmetic.integers()) {
      execution.values(Role.SRC_SCALE).put(0, 1);
    }
    if (arithmetic.toIntegers()) {
      execution.values(Role.DST_SCALE).put(0, arithmetic.unit());
    }
    return open;
  }

  private Optional<String> compare(Execution execution, boolean[] open, Numbers numbers) {
    long[] ofImages = numbers.factors(geometry.images());
    long[] ofChannels = numbers.factors(geometry.outChannels());
    FloatBuffer dst = execution.values(Role.DST);
    int area = geometry.outArea();
    long[] actual = new long[area];
    for (int n = 0, i = 0; n < geometry.images(); n++) {
      for (int oc = 0; oc < geometry.outChannels(); oc++) {
        long factor = ofImages[n] * ofChannels[oc];
        for (int p = 0; p < area; p++, i++) {
          long value = Numbers.whole(dst.get(i), arithmetic.dstUnit());
          if (value == Numbers.NONE || (!open[oc] && value != 0)) {
            return Optional.of(fault(execution, open, n, oc, p));
          }
          actual[p] += factor * value;
        }
      }
    }
    long[] expected = checksums(execution, open, ofImages, ofChannels);
    for (int p = 0; p < area; p++) {
      if (actual[p] != expected[p]) {
        return Optional.of(locate(execution, open, p));
      }
    }
    return Optional.empty();
  }

  /** Of each position, over all images and all open channels. */
  private long[] checksums(
      Execution execution, boolean[] open, long[] ofImages, long[] ofChannels) {
    long[] src =
        Checksums.overFirst(execution.values(Role.SRC), ofImages, null, arithmetic.srcUnit());
    long[] weights =
        Checksums.overFirst(
            execution.values(Role.WEIGHTS), ofChannels, open, arithmetic.weightsUnit());
    long bias = 0;
    if (withBias) {
      long[] sum =
          Checksums.overFirst(execution.values(Role.BIAS), ofChannels, open, arithmetic.unit());
      for (long factor : ofImages) {
        bias += factor * sum[0];
      }
    }
    long[] sums = new long[geometry.outArea()];
    for (int y = 0; y < geometry.outHeight(); y++) {
      for (int x = 0; x < geometry.outWidth(); x++) {
        sums[y * geometry.outWidth() + x] = bias + Checksums.window(geometry, src, weights, y, x);
      }
    }
    return sums;
  }

  /** The first wrong value at a position, in words. */
  private String locate(Execution execution, boolean[] open, int position) {
    for (int n = 0; n < geometry.images(); n++) {
      for (int oc = 0; oc < geometry.outChannels(); oc++) {
        if (value(execution, n, oc, position) != sum(execution, open, n, oc, position)) {
          return fault(execution, open, n, oc, position);
        }
      }
    }
    throw new IllegalStateException("the checksums differ, but no value does");
  }

  private String fault(Execution execution, boolean[] open, int n, int oc, int position) {
    return Faults.at(
        "dst",
        new int[] {n, oc, position / geometry.outWidth(), position % geometry.outWidth()},
        value(execution, n, oc, position),
        sum(execution, open, n, oc, position));
  }

  private float value(Execution execution, int n, int oc, int position) {
    int index = (n * geometry.outChannels() + oc) * geometry.outArea() + position;
    return execution.values(Role.DST).get(index);
  }

  /** Plainly, as the definition has it. */
  private double sum(Execution execution, boolean[] open, int n, int oc, int position) {
    if (!open[oc]) {
      return 0;
    }
    FloatBuffer src = execution.values(Role.SRC);
    FloatBuffer weights = execution.values(Role.WEIGHTS);
    double sum = withBias ? execution.values(Role.BIAS).get(oc) : 0;
    for (int ic = 0; ic < geometry.inChannels(); ic++) {
      for (int ky = 0; ky < geometry.kernel().height(); ky++) {
        for (int kx = 0; kx < geometry.kernel().width(); kx++) {
          int row = geometry.row(position / geometry.outWidth(), ky);
          int column = geometry.column(position % geometry.outWidth(), kx);
          if (geometry.inside(row, column)) {
            int from = (n * geometry.inChannels() + ic) * geometry.area();
            int weight =
                oc * geometry.terms()
                    + ic * geometry.kernel().area()
                    + ky * geometry.kernel().width()
                    + kx;
            sum += (double) src.get(from + row * geometry.width() + column) * weights.get(weight);
          }
        }
      }
    }
    return sum / arithmetic.unit() * arithmetic.dstUnit();
  }
}
