package org.nin4j.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.nin4j.nn.Layer;

/**
 * Layers compute what PyTorch computes, forward and backward: single layers in any geometry, and
 * stacks. The system property {@code sweep} is the number of layers; there are a tenth as many
 * stacks.
 */
@EnabledIf("org.nin4j.conformance.Torch#isAvailable")
class LayerConformanceTest {
  private static final int LAYERS = Integer.getInteger("sweep");
  private static final int STACKS = LAYERS / 10;

  /**
   * The number of perturbed runs; their largest deviation, times the margin, is the tolerance. The
   * more runs, the closer the largest deviation comes to the worst case of rounding.
   */
  private static final int SAMPLES = 8;

  private static final double MARGIN = 4;

  @Test
  void singleLayersAgreeWithPyTorch() {
    Sweep sweep = new Sweep(new TorchComparison(), Tolerances::ofOneLayer);
    sweep.run(LAYERS, LayerCases::draw, LayerConformanceTest::lastLayer);
    Report.section(
        10,
        "Single layers",
        """
        %d random layers: 1 to 70 channels, kernels of 1 to 11, strides of 1 to 4, any legal padding,
        floor and ceil, 1 to 9 images of up to 64 x 64. Output in training and in inference, gradients
        of input, weights and bias, and running statistics are compared with PyTorch in double
        precision. Each cell shows the worst error of all values of all cases, and the tolerance of
        that value, which follows from the number of terms, their magnitudes and the unit roundoff.
        The column PyTorch is PyTorch in single precision.

        %s
        """
            .formatted(sweep.worst().cases(), sweep.worst().table("layer")));
    assertNone(sweep.failures());
  }

  @Test
  void stacksOfLayersAgreeWithPyTorch() {
    Sweep sweep = new Sweep(new TorchComparison(), Tolerances.ofStack(SAMPLES, MARGIN));
    sweep.run(STACKS, StackCases::draw, each -> StackCases.sizeClass(each.layers().size()));
    Report.section(
        20,
        "Stacks of layers",
        """
        %d random stacks of 2 to 12 layers. The error of one layer propagates through the next, so
        the tolerance is measured: %d times the largest deviation of an array in %d runs of PyTorch in
        double precision in which the output of each layer, forward and backward, is perturbed at
        random by as much as its own rounding.

        %s
        """
            .formatted(sweep.worst().cases(), (int) MARGIN, SAMPLES, sweep.worst().table("stack")));
    assertNone(sweep.failures());
  }

  private static String lastLayer(LayerCase each) {
    List<Layer> layers = each.layers();
    return layers.get(layers.size() - 1).kind();
  }

  private static void assertNone(List<String> failures) {
    assertTrue(
        failures.isEmpty(), () -> failures.size() + " cases:\n" + String.join("\n", failures));
  }
}
