package org.nin4j.engine.onednn.verify;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nin4j.nn.Shape;

/**
 * One pass of a convolution. Each is the sum of the same products, over what the result does not
 * have: with a pixel that a window has at k, position p of the output, image n and channels ic and
 * oc,
 *
 * <ul>
 *   <li>dst(n, oc, p) = sum of src(n, ic, pixel) weights(oc, ic, k), plus bias(oc); where it is
 *       clamped, 0 instead of negative numbers;
 *   <li>diffSrc(n, ic, pixel) = sum of diffDst(n, oc, p) weights(oc, ic, k);
 *   <li>diffWeights(oc, ic, k) = sum of diffDst(n, oc, p) src(n, ic, pixel) in fp32, and
 *       diffBias(oc) = sum of diffDst(n, oc, p).
 * </ul>
 *
 * <p>Forward, in one round, all of src has one sign and all weights of an output channel have one,
 * so that a channel is open or clamped as a whole; in the next round it is the other.
 *
 * @param clamped whether a ReLU is fused, or dst holds integers that are never negative
 */
public record Convolution(
    Pass pass,
    ConvolutionGeometry geometry,
    boolean withBias,
    boolean clamped,
    Arithmetic arithmetic)
    implements PrimitiveCheck {
  /** What is computed. */
  public enum Pass {
    FORWARD,
    BACKWARD_DATA,
    BACKWARD_WEIGHTS
  }

  private static final int LARGEST = 2;

  /**
   * Products in a sum that are not 0, on average. Forward all have one sign, and the sums stay
   * below 124; backward they have both, and the sums stay within 256, practically always.
   */
  private static final int PRODUCTS_FORWARD = 12;

  private static final int PRODUCTS_BACKWARD = 100;

  private static final int LARGEST_BIAS = 3;

  /** The forward pass. */
  public static Convolution forward(
      ConvolutionGeometry geometry, boolean withBias, boolean clamped, Arithmetic arithmetic) {
    return new Convolution(Pass.FORWARD, geometry, withBias, clamped, arithmetic);
  }

  /** The gradient of what goes in. */
  public static Convolution backwardData(ConvolutionGeometry geometry) {
    return new Convolution(Pass.BACKWARD_DATA, geometry, false, false, Arithmetic.FLOATS);
  }

  /** The gradients of weights and bias. */
  public static Convolution backwardWeights(ConvolutionGeometry geometry, boolean withBias) {
    return new Convolution(Pass.BACKWARD_WEIGHTS, geometry, withBias, false, Arithmetic.FLOATS);
  }

  private MemoryArgument src() {
    return pass == Pass.BACKWARD_DATA ? MemoryArgument.DIFF_SRC : MemoryArgument.SRC;
  }

  private MemoryArgument weights() {
    return pass == Pass.BACKWARD_WEIGHTS ? MemoryArgument.DIFF_WEIGHTS : MemoryArgument.WEIGHTS;
  }

  private MemoryArgument dst() {
    return pass == Pass.FORWARD ? MemoryArgument.DST : MemoryArgument.DIFF_DST;
  }

  MemoryArgument bias() {
    return pass == Pass.FORWARD ? MemoryArgument.BIAS : MemoryArgument.DIFF_BIAS;
  }

  /** The factor that the result has the first extent of. */
  MemoryArgument left() {
    return pass == Pass.FORWARD ? src() : dst();
  }

  /** The factor that the result has the second extent of. */
  MemoryArgument right() {
    return pass == Pass.BACKWARD_WEIGHTS ? src() : weights();
  }

  MemoryArgument result() {
    return switch (pass) {
      case FORWARD -> dst();
      case BACKWARD_DATA -> src();
      case BACKWARD_WEIGHTS -> weights();
    };
  }

  @Override
  public List<Operand> operands() {
    List<Operand> operands = new ArrayList<>();
    if (arithmetic.integers()) {
      operands.add(Operand.input(MemoryArgument.WEIGHTS_SCALE, geometry.outChannels()));
      operands.add(Operand.input(MemoryArgument.SRC_SCALE, 1));
    }
    if (arithmetic.toIntegers()) {
      operands.add(Operand.input(MemoryArgument.DST_SCALE, 1));
    }
    operands.add(operand(src(), geometry.src(), pass == Pass.BACKWARD_DATA));
    operands.add(operand(weights(), geometry.weights(), pass == Pass.BACKWARD_WEIGHTS));
    operands.add(operand(dst(), geometry.dst(), pass == Pass.FORWARD));
    if (withBias) {
      operands.add(operand(bias(), Shape.of(geometry.outChannels()), pass != Pass.FORWARD));
    }
    return operands;
  }

  private static Operand operand(MemoryArgument argument, Shape shape, boolean isResult) {
    return isResult ? Operand.output(argument, shape) : Operand.input(argument, shape);
  }

  @Override
  public void identify(Fingerprint fingerprint) {
    fingerprint.add("convolution").add(pass.name());
    geometry.identify(fingerprint);
    fingerprint.add(withBias ? 1 : 0).add(clamped ? 1 : 0);
    arithmetic.identify(fingerprint);
  }

  @Override
  public Optional<String> run(Execution execution) {
    Density density = density();
    int rounds = pass == Pass.FORWARD ? 2 * density.rounds() : density.rounds();
    for (int round = 0; round < rounds; round++) {
      RandomIntegers numbers = new RandomIntegers(round);
      boolean[] open = null;
      if (pass == Pass.FORWARD) {
        open = fillForward(execution, density, numbers, round % 2 == 1);
      } else {
        numbers.fillSigned(execution.values(left()), density.left(), LARGEST);
        numbers.fillSigned(execution.values(right()), density.right(), LARGEST);
      }
      execution.run();
      Optional<String> fault = compare(execution, open, numbers);
      if (fault.isPresent()) {
        return fault;
      }
    }
    return Optional.empty();
  }

  private Density density() {
    double images = geometry.images();
    return switch (pass) {
      case FORWARD ->
          Density.of(
              geometry.terms(),
              PRODUCTS_FORWARD,
              images * geometry.outArea(),
              geometry.outChannels());
      case BACKWARD_DATA ->
          Density.of(
              (double) geometry.outChannels() * geometry.kernel().area(),
              PRODUCTS_BACKWARD,
              images * geometry.area(),
              geometry.inChannels());
      case BACKWARD_WEIGHTS -> Density.HALF; // in fp32, which holds all such sums
    };
  }

  /** Returns of each output channel whether its sums come out. */
  private boolean[] fillForward(
      Execution execution, Density density, RandomIntegers numbers, boolean otherSigns) {
    boolean negativeSrc = otherSigns && arithmetic.signed();
    boolean otherChannels = otherSigns && !arithmetic.signed();
    FloatBuffer src = execution.values(MemoryArgument.SRC);
    float unit = negativeSrc ? -arithmetic.srcUnit() : arithmetic.srcUnit();
    numbers.fill(src, 0, src.capacity(), density.left(), LARGEST, unit);
    FloatBuffer weights = execution.values(MemoryArgument.WEIGHTS);
    boolean[] open = new boolean[geometry.outChannels()];
    for (int oc = 0; oc < open.length; oc++) {
      boolean negative = (oc % 3 == 0) != otherChannels;
      open[oc] = !clamped || negative == negativeSrc;
      float scaled = (negative ? -1 : 1) * arithmetic.weightsUnit() * arithmetic.scale(oc);
      int from = oc * geometry.terms();
      numbers.fill(weights, from, from + geometry.terms(), density.right(), LARGEST, scaled);
      if (withBias) {
        float bias = numbers.between(1, LARGEST_BIAS) * arithmetic.unit();
        execution.values(MemoryArgument.BIAS).put(oc, negative == negativeSrc ? bias : -bias);
      }
      if (arithmetic.integers()) {
        execution.values(MemoryArgument.WEIGHTS_SCALE).put(oc, arithmetic.scale(oc));
      }
    }
    if (arithmetic.integers()) {
      execution.values(MemoryArgument.SRC_SCALE).put(0, 1);
    }
    if (arithmetic.toIntegers()) {
      execution.values(MemoryArgument.DST_SCALE).put(0, arithmetic.unit());
    }
    return open;
  }

  /**
   * Compares checksums: for each position of the result, over all images and channels that it has.
   *
   * @param open forward, of each output channel whether its sums come out
   */
  private Optional<String> compare(Execution execution, boolean[] open, RandomIntegers numbers) {
    ConvolutionSums sums = new ConvolutionSums(this, execution, open);
    long[] outer = numbers.factors(sums.outerExtent());
    long[] inner = numbers.factors(sums.innerExtent());
    long[] actual = new long[sums.positions()];
    for (int a = 0, i = 0; a < outer.length; a++) {
      for (int b = 0; b < inner.length; b++) {
        for (int p = 0; p < actual.length; p++, i++) {
          long units = RandomIntegers.whole(sums.result(i), arithmetic.dstUnit());
          if (units == RandomIntegers.NONE || (sums.isClosed(b) && units != 0)) {
            return Optional.of(sums.fault(a, b, p));
          }
          actual[p] += outer[a] * inner[b] * units;
        }
      }
    }
    long[] expected = sums.checksums(outer, inner);
    for (int p = 0; p < actual.length; p++) {
      if (actual[p] != expected[p]) {
        return Optional.of(sums.firstFault(p));
      }
    }
    return pass == Pass.BACKWARD_WEIGHTS && withBias ? sums.biasFault() : Optional.empty();
  }
}
