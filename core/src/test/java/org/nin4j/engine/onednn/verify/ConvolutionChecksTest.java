package org.nin4j.engine.onednn.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.nin4j.engine.onednn.verify.Convolution.Pass;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Shape;
import org.nin4j.nn.Size2d;

/** The checks of convolutions accept a plain one, and refuse one with a mistake in it. */
class ConvolutionChecksTest {
  /** What goes wrong with the product of one value and one weight. */
  private enum Mistake {
    NONE,
    /** As if a kernel had no last column. */
    LAST_COLUMN_OF_THE_KERNEL,
    LAST_INPUT_CHANNEL,
    /** Padding on the left is the pixel beside it. */
    LEFT_PADDING,
    /** The last row of what comes out has no first row of the kernel. */
    LAST_ROW,
    /** The last image takes the first one's pixels. */
    LAST_IMAGE,
    /** The last output channel has the first one's weights. */
    LAST_OUTPUT_CHANNEL,
    BIAS,
    CLAMPING
  }

  private static final class PlainConvolution implements Execution {
    private final ConvolutionGeometry g;
    private final Convolution check;
    private final Mistake mistake;
    private final boolean clamped;
    private final Map<MemoryArgument, FloatBuffer> values = new EnumMap<>(MemoryArgument.class);

    PlainConvolution(
        ConvolutionGeometry geometry, Convolution check, boolean clamped, Mistake mistake) {
      g = geometry;
      this.check = check;
      this.clamped = clamped;
      this.mistake = mistake;
      for (Operand operand : check.operands()) {
        values.put(
            operand.argument(), FloatBuffer.allocate(Math.toIntExact(operand.shape().elements())));
      }
    }

    @Override
    public FloatBuffer values(MemoryArgument argument) {
      return values.get(argument);
    }

    @Override
    public void run() {
      MemoryArgument input =
          check.pass() == Pass.BACKWARD_DATA ? MemoryArgument.DIFF_SRC : MemoryArgument.SRC;
      MemoryArgument weights =
          check.pass() == Pass.BACKWARD_WEIGHTS
              ? MemoryArgument.DIFF_WEIGHTS
              : MemoryArgument.WEIGHTS;
      MemoryArgument output =
          check.pass() == Pass.FORWARD ? MemoryArgument.DST : MemoryArgument.DIFF_DST;
      for (Operand operand : check.operands()) {
        if (operand.use() == Operand.Use.OUTPUT) {
          fill(values(operand.argument()));
        }
      }
      for (int n = 0; n < g.images(); n++) {
        for (int oc = 0; oc < g.outChannels(); oc++) {
          for (int y = 0; y < g.outHeight(); y++) {
            for (int x = 0; x < g.outWidth(); x++) {
              position(input, weights, output, n, oc, y, x);
            }
          }
        }
      }
    }

    private static void fill(FloatBuffer buffer) {
      for (int i = 0; i < buffer.capacity(); i++) {
        buffer.put(i, 0);
      }
    }

    private void position(
        MemoryArgument input,
        MemoryArgument weights,
        MemoryArgument output,
        int n,
        int oc,
        int y,
        int x) {
      int out = ((n * g.outChannels() + oc) * g.outHeight() + y) * g.outWidth() + x;
      for (int ic = 0; ic < g.inChannels(); ic++) {
        for (int ky = 0; ky < g.kernel().height(); ky++) {
          for (int kx = 0; kx < g.kernel().width(); kx++) {
            product(input, weights, output, out, n, oc, y, x, ic, ky, kx);
          }
        }
      }
      boolean biased = mistake != Mistake.BIAS;
      if (check.pass() == Pass.FORWARD) {
        float sum = values(MemoryArgument.DST).get(out);
        if (values.containsKey(MemoryArgument.BIAS) && biased) {
          sum += values(MemoryArgument.BIAS).get(oc);
        }
        values(MemoryArgument.DST)
            .put(out, clamped && mistake != Mistake.CLAMPING ? Math.max(0, sum) : sum);
      } else if (values.containsKey(MemoryArgument.DIFF_BIAS) && biased) {
        add(MemoryArgument.DIFF_BIAS, oc, values(MemoryArgument.DIFF_DST).get(out));
      }
    }

    private void product(
        MemoryArgument input,
        MemoryArgument weights,
        MemoryArgument output,
        int out,
        int n,
        int oc,
        int y,
        int x,
        int ic,
        int ky,
        int kx) {
      boolean skipped =
          (mistake == Mistake.LAST_COLUMN_OF_THE_KERNEL && kx == g.kernel().width() - 1)
              || (mistake == Mistake.LAST_INPUT_CHANNEL && ic == g.inChannels() - 1)
              || (mistake == Mistake.LAST_ROW && y == g.outHeight() - 1 && ky == 0);
      int row = g.row(y, ky);
      int column = g.column(x, kx);
      if (mistake == Mistake.LEFT_PADDING && column == -1) {
        column = 0;
      }
      if (skipped || !g.inside(row, column)) {
        return;
      }
      int image = mistake == Mistake.LAST_IMAGE && n == g.images() - 1 ? 0 : n;
      int channel = mistake == Mistake.LAST_OUTPUT_CHANNEL && oc == g.outChannels() - 1 ? 0 : oc;
      int pixel = ((image * g.inChannels() + ic) * g.height() + row) * g.width() + column;
      int weight =
          ((channel * g.inChannels() + ic) * g.kernel().height() + ky) * g.kernel().width() + kx;
      if (check.pass() == Pass.FORWARD) {
        add(output, out, values(input).get(pixel) * values(weights).get(weight));
      } else if (check.pass() == Pass.BACKWARD_DATA) {
        add(input, pixel, values(output).get(out) * values(weights).get(weight));
      } else {
        add(weights, weight, values(output).get(out) * values(input).get(pixel));
      }
    }

    private void add(MemoryArgument argument, int index, float value) {
      values(argument).put(index, values(argument).get(index) + value);
    }
  }

  private static ConvolutionGeometry geometry(SplittableRandom random) {
    Size2d kernel = new Size2d(1 + random.nextInt(3), 2 + random.nextInt(2));
    Size2d padding = new Size2d(random.nextInt(kernel.height()), 1);
    Conv2d layer =
        new Conv2d(
            2 + random.nextInt(6),
            2 + random.nextInt(6),
            kernel,
            new Size2d(1 + random.nextInt(2), 1 + random.nextInt(2)),
            padding,
            true);
    Shape input =
        Shape.of(
            2 + random.nextInt(3),
            layer.inChannels(),
            3 + random.nextInt(4),
            3 + random.nextInt(4));
    return ConvolutionGeometry.of(layer, input);
  }

  private static List<Convolution> checks(ConvolutionGeometry geometry, boolean clamped) {
    return List.of(
        Convolution.forward(geometry, true, clamped, Arithmetic.FLOATS),
        Convolution.backwardData(geometry),
        Convolution.backwardWeights(geometry, true));
  }

  @Test
  void aPlainConvolutionIsAccepted() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 100; i++) {
      ConvolutionGeometry geometry = geometry(random);
      for (Convolution check : checks(geometry, i % 2 == 0)) {
        assertEquals(
            Optional.empty(),
            check.run(new PlainConvolution(geometry, check, i % 2 == 0, Mistake.NONE)),
            check.toString());
      }
    }
  }

  @Test
  void aConvolutionWithAMistakeIsRefused() {
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < 100; i++) {
      ConvolutionGeometry geometry = geometry(random);
      for (Mistake mistake : Mistake.values()) {
        for (Convolution check : checks(geometry, true)) {
          if (concerns(mistake, check, geometry)) {
            assertTrue(
                check.run(new PlainConvolution(geometry, check, true, mistake)).isPresent(),
                mistake + " in " + check);
          }
        }
      }
    }
  }

  private static boolean concerns(
      Mistake mistake, Convolution check, ConvolutionGeometry geometry) {
    return switch (mistake) {
      case NONE -> false;
      case CLAMPING -> check.pass() == Pass.FORWARD;
      case BIAS -> check.pass() != Pass.BACKWARD_DATA;
      case LAST_ROW -> geometry.inside(geometry.row(geometry.outHeight() - 1, 0), 0);
      case LAST_COLUMN_OF_THE_KERNEL ->
          geometry.inside(0, geometry.column(0, geometry.kernel().width() - 1));
      default -> true;
    };
  }

  /** A sum that differs from the definition's is named: where, and by how much. */
  @Test
  void whatIsWrongIsToldWithItsPlace() {
    ConvolutionGeometry geometry = geometry(new SplittableRandom(3));
    List<String> faults = new ArrayList<>();
    for (Convolution check : checks(geometry, false)) {
      check
          .run(new PlainConvolution(geometry, check, false, Mistake.LAST_IMAGE))
          .ifPresent(faults::add);
    }
    String last = "[" + (geometry.images() - 1) + ", ";
    assertTrue(faults.get(0).startsWith("dst" + last), faults.get(0));
    assertTrue(faults.get(0).contains(" instead of "), faults.get(0));
    assertTrue(faults.get(1).startsWith("diffSrc[0, "), faults.get(1));
    assertTrue(faults.get(2).startsWith("diffWeights["), faults.get(2));
  }
}
