package org.nin4j.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Shape;

/** PyTorch is there, and is asked what it should be asked. */
@EnabledIf("org.nin4j.conformance.Torch#isAvailable")
class TorchLayersTest {
  private static final Conv2d CONVOLUTION = new Conv2d(1, 1, 2);

  @Test
  void aConvolutionOfOnesSumsItsKernel() {
    double[] output = Torch.scoped(() -> Torch.values(convolve(ones(), kernel())));
    assertArrayEquals(new double[] {10.5, 10.5, 10.5, 10.5}, output);
  }

  @Test
  void theGradientOfItsInputIsTheKernelSlidOver() {
    double[] gradient =
        Torch.scoped(
            () -> {
              Tensor input = Torch.leaf(ones());
              Tensor output = convolve(input, kernel());
              return Torch.values(
                  Torch.gradients(output, List.of(input), torch.ones_like(output)).get(0));
            });
    assertArrayEquals(new double[] {1, 3, 2, 4, 10, 6, 3, 7, 4}, gradient);
  }

  private static Tensor convolve(Tensor input, Tensor kernel) {
    Tensor bias = Torch.tensor(new float[] {0.5f}, Shape.of(1));
    return CONVOLUTION.accept(new TorchLayers(input, List.of(kernel, bias), true, null));
  }

  private static Tensor ones() {
    return Torch.tensor(new float[] {1, 1, 1, 1, 1, 1, 1, 1, 1}, Shape.of(1, 1, 3, 3));
  }

  private static Tensor kernel() {
    return Torch.tensor(new float[] {1, 2, 3, 4}, Shape.of(1, 1, 2, 2));
  }
}
