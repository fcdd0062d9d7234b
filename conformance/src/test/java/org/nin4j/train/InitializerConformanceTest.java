package org.nin4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nin4j.conformance.Report;
import org.nin4j.conformance.Torch;
import org.nin4j.engine.Weights;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Linear;
import org.nin4j.nn.Network;
import org.nin4j.nn.Networks;
import org.nin4j.nn.Parameter;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;

/**
 * First weights have the distribution of their formula, and of PyTorch's function for it: mean and
 * variance within six standard errors, bounds kept, and the largest distance of both samples'
 * distributions (Kolmogorov and Smirnov) below what one pair of equal ones in a million exceeds.
 */
@EnabledIf("org.nin4j.conformance.Torch#isAvailable")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InitializerConformanceTest {
  private static final double STANDARD_ERRORS = 6;

  /** sqrt(ln(2 / alpha) / 2) for alpha = 1e-6. */
  private static final double KOLMOGOROV_SMIRNOV = 2.694;

  private int tensors;
  private double worstDistance;

  private static final List<Network> NETWORKS =
      List.of(
          Networks.NIN.build(Shape.of(1, 3, 224, 224), 10),
          Networks.NIN_SVHN.build(),
          new Network(
              "linear",
              Shape.of(1, 8, 9, 9),
              new Sequential(new Flatten(), new Linear(648, 300), new Linear(300, 10))));

  private final Map<String, Weights> initialized = new HashMap<>();

  static Stream<Arguments> weights() {
    return NETWORKS.stream()
        .flatMap(
            network ->
                network.parameters().stream()
                    .filter(parameter -> parameter.shape().rank() > 1)
                    .map(parameter -> Arguments.of(network.name(), parameter)));
  }

  @AfterAll
  void report() {
    Report.section(
        60,
        "Initialisers",
        """
        %d weight tensors of the presets, Xavier's uniform and He's normal: mean and variance are the
        formulas' within %d standard errors, for fan-in and fan-out counted by hand, and the
        distributions those of torch.nn.init within %.2f of the Kolmogorov-Smirnov bound for one in a
        million.
        """
            .formatted(tensors, (int) STANDARD_ERRORS, worstDistance));
  }

  @ParameterizedTest
  @MethodSource("weights")
  void xavierUniform(String network, Parameter parameter) {
    double[] fans = fans(parameter.shape());
    double bound = Math.sqrt(6 / (fans[0] + fans[1]));
    float[] values = ours(Initializer.XAVIER_UNIFORM, network, parameter);
    for (float value : values) {
      assertTrue(Math.abs(value) <= bound, value + " exceeds " + bound);
    }
    // a uniform distribution's fourth moment is 9/5 of its squared variance
    assertMoments(values, bound * bound / 3, 1.8);
    assertSameDistribution(values, theirs(parameter, torch::xavier_uniform_));
  }

  @ParameterizedTest
  @MethodSource("weights")
  void heNormal(String network, Parameter parameter) {
    float[] values = ours(Initializer.HE, network, parameter);
    assertMoments(values, 2 / fans(parameter.shape())[0], 3);
    // kaiming_normal_'s default is the leaky ReLU of slope 0, which is the ReLU
    assertSameDistribution(values, theirs(parameter, torch::kaiming_normal_));
  }

  /** In and out: channels times the area of the kernel. */
  private static double[] fans(Shape shape) {
    double area = shape.rank() == 4 ? (double) shape.height() * shape.width() : 1;
    return new double[] {shape.dim(1) * area, shape.dim(0) * area};
  }

  private float[] ours(Initializer initializer, String network, Parameter parameter) {
    return initialized
        .computeIfAbsent(
            network + " " + initializer,
            key ->
                NETWORKS.stream()
                    .filter(each -> each.name().equals(network))
                    .findFirst()
                    .map(each -> initializer.initialize(each, 11))
                    .orElseThrow())
        .values(parameter.name());
  }

  private interface Filler {
    Tensor fill(Tensor target);
  }

  private static double[] theirs(Parameter parameter, Filler filler) {
    return Torch.scoped(
        () -> {
          torch.manual_seed(5);
          return Torch.values(filler.fill(torch.empty(Torch.dims(parameter.shape()))));
        });
  }

  /**
   * @param kurtosis fourth moment divided by the squared variance, which decides how far the
   *     variance of a sample scatters
   */
  private static void assertMoments(float[] values, double variance, double kurtosis) {
    double n = values.length;
    double mean = 0;
    double square = 0;
    for (float value : values) {
      mean += value / n;
      square += (double) value * value / n;
    }
    assertEquals(0, mean, STANDARD_ERRORS * Math.sqrt(variance / n));
    assertEquals(variance, square, STANDARD_ERRORS * variance * Math.sqrt((kurtosis - 1) / n));
  }

  private void assertSameDistribution(float[] ours, double[] theirs) {
    double[] a = new double[ours.length];
    for (int i = 0; i < a.length; i++) {
      a[i] = ours[i];
    }
    double[] b = theirs.clone();
    Arrays.sort(a);
    Arrays.sort(b);
    double distance = 0;
    int j = 0;
    for (int i = 0; i < a.length; i++) {
      while (j < b.length && b[j] <= a[i]) {
        j++;
      }
      distance = Math.max(distance, Math.abs((double) (i + 1) / a.length - (double) j / b.length));
    }
    double bound = KOLMOGOROV_SMIRNOV * Math.sqrt(2.0 / a.length);
    assertTrue(distance <= bound, distance + " exceeds " + bound);
    worstDistance = Math.max(worstDistance, distance / bound);
    tensors++;
  }
}
