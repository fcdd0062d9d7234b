package org.nin4j.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.nin4j.nn.Layer;

/**
 * Layers compute what PyTorch computes, forward and back: one by one in any geometry, and in
 * stacks. How many is the property {@code sweep}, a tenth of it for stacks.
 */
@EnabledIf("org.nin4j.conformance.Torch#isAvailable")
class LayerConformanceTest {
  private static final int LAYERS = Integer.getInteger("sweep");
  private static final int STACKS = LAYERS / 10;

  /**
   * Of these many disturbed runs the largest deviation, times this margin, is allowed: the more
   * runs, the nearer the largest comes to what rounding can do at worst.
   */
  private static final int SAMPLES = 8;

  private static final double MARGIN = 4;

  @Test
  void singleLayersAgreeWithPyTorch() {
    Sweep sweep = new Sweep(new Judge(), Allowances::ofOneLayer);
    sweep.run(LAYERS, LayerCases::draw, LayerConformanceTest::lastLayer);
    Report.section(
        10,
        "Single layers",
        """
        %d random layers: 1 to 70 channels, kernels of 1 to 11, strides of 1 to 4, any legal padding,
        floor and ceil, 1 to 9 images of up to 64 x 64. Output in training and in inference, gradients
        of input, weights and bias, and running statistics, against PyTorch in double precision. In
        each cell the worst error of all values of all cases beside the error that the arithmetic
        allows that value, which follows from the number of terms, their magnitudes and the unit
        roundoff; PyTorch is its own single precision.

        %s
        """
            .formatted(sweep.ledger().cases(), sweep.ledger().table("layer")));
    assertNone(sweep.failures());
  }

  @Test
  void stacksOfLayersAgreeWithPyTorch() {
    Sweep sweep = new Sweep(new Judge(), Allowances.ofStack(SAMPLES, MARGIN));
    sweep.run(STACKS, StackCases::draw, each -> StackCases.sizeClass(each.layers().size()));
    Report.section(
        20,
        "Stacks of layers",
        """
        %d random stacks of 2 to 12 layers. An error of one layer is carried on by the next, so what
        is allowed is measured: %d times the largest deviation of an array in %d runs of PyTorch in
        double precision, in which the output of each layer, forward and back, is disturbed at random
        by as much as its own rounding may be.

        %s
        """
            .formatted(
                sweep.ledger().cases(), (int) MARGIN, SAMPLES, sweep.ledger().table("stack")));
    assertNone(sweep.failures());
  }

  private static String lastLayer(Case each) {
    List<Layer> layers = each.layers();
    return layers.get(layers.size() - 1).kind();
  }

  private static void assertNone(List<String> failures) {
    assertTrue(
        failures.isEmpty(), () -> failures.size() + " cases:\n" + String.join("\n", failures));
  }
}
