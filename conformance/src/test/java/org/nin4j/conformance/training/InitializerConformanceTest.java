package org.nin4j.conformance.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.Conv2dImpl;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nin4j.conformance.ErrorTable;
import org.nin4j.conformance.Report;
import org.nin4j.conformance.Torch;
import org.nin4j.engine.Weights;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Linear;
import org.nin4j.nn.Network;
import org.nin4j.nn.Networks;
import org.nin4j.nn.Parameter;
import org.nin4j.nn.Parameter.Role;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;
import org.nin4j.train.Initializer;

/**
 * Initial weights compared with their formulas, and with PyTorch's own initialisers by the
 * Kolmogorov-Smirnov test. Each moment may be off by six of its standard deviations, and two
 * samples of one distribution fail that test once in a billion.
 */
@EnabledIf("org.nin4j.conformance.Torch#isAvailable")
class InitializerConformanceTest {
  private static final double SIGMAS = 6;

  /** P(distance > c sqrt(1/n + 1/m)) is about 2 exp(-2 c^2). */
  private static final double CRITICAL = Math.sqrt(Math.log(2 / 1e-9) / 2);

  /** No weight out of n lies in the outer part 21 / n of the range: exp(-21) is 1e-9. */
  private static final double OUTER = 21;

  private static final long SEED = 17;
  private static final ErrorTable ERRORS = new ErrorTable();

  @BeforeAll
  static void seed() {
    torch.manual_seed(SEED);
  }

  @AfterAll
  static void report() {
    Report.section(
        60,
        "Initialisers",
        """
        All weights of all presets (of vgg11 the Linear layers for 32x32 images), each array on its
        own: moments compared with their formulas (tolerance: %.0f standard deviations of the
        estimate), and the distribution compared with PyTorch's xavier_uniform_ and kaiming_normal_,
        and with its Conv2d for biases (Kolmogorov-Smirnov distance; tolerance: the distance that is
        exceeded once in a billion).

        """
                .formatted(SIGMAS)
            + ERRORS.table("statistic"));
  }

  static List<Network> networks() {
    List<Network> networks = new ArrayList<>();
    for (Networks preset : Networks.values()) {
      networks.add(preset == Networks.VGG11 ? linearsOfVgg11() : preset.build());
    }
    return networks;
  }

  private static Network linearsOfVgg11() {
    return new Network(
        "vgg11",
        Shape.of(1, 512, 1, 1),
        new Sequential(new Flatten(), new Linear(512, 4096), new Linear(4096, 10)));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void xavierIsUniformInItsBounds(Network network) {
    Weights weights = Initializer.XAVIER_UNIFORM.initialize(network, SEED);
    for (Parameter parameter : random(weights)) {
      Sample sample = new Sample(weights.values(parameter.name()));
      Shape shape = weightOf(parameter, network).shape();
      boolean isWeight = shape.equals(parameter.shape());
      double bound =
          isWeight ? Math.sqrt(6.0 / (fanIn(shape) + fanOut(shape))) : 1 / Math.sqrt(fanIn(shape));
      String what = network.name() + " " + parameter.name();
      String kind = isWeight ? "Xavier: " : "Xavier, biases: ";
      moments(kind, sample, bound * bound / 3, 4.0 / 5, what);
      // Of the numbers that are nearest to the bound, one may be rounded up to it.
      ERRORS.check(
          kind + "largest beyond the bound",
          Math.max(0, sample.largest() - bound),
          Math.ulp((float) bound) / 2,
          () -> what);
      ERRORS.check(
          kind + "bound not reached",
          Math.max(0, 1 - sample.largest() / bound),
          OUTER / sample.size(),
          () -> what);
      Sample theirs =
          sample(isWeight ? () -> torch.xavier_uniform_(empty(shape)) : () -> biasOfConv2d(shape));
      distribution(kind, sample, theirs, what);
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void heIsNormal(Network network) {
    Weights weights = Initializer.HE.initialize(network, SEED);
    Sample last = null;
    for (Parameter parameter : random(weights)) {
      float[] values = weights.values(parameter.name());
      if (parameter.shape().rank() == 1) {
        assertEquals(0, new Sample(values).largest(), parameter.name());
        continue;
      }
      String what = network.name() + " " + parameter.name();
      Sample sample = new Sample(values);
      moments("He: ", sample, 2.0 / fanIn(parameter.shape()), 2, what);
      Sample theirs = sample(() -> torch.kaiming_normal_(empty(parameter.shape())));
      distribution("He: ", sample, theirs, what);
      ERRORS.check(
          "He: correlation of neighbours",
          Math.abs(sample.correlationOfNeighbours()),
          SIGMAS / Math.sqrt(sample.size() - 1),
          () -> what);
      if (last != null) {
        ERRORS.check(
            "He: correlation of layers",
            Math.abs(sample.correlation(last)),
            SIGMAS / Math.sqrt(Math.min(sample.size(), last.size())),
            () -> what);
      }
      last = sample;
    }
  }

  /** Returns the parameters of Conv2d and Linear; those of BatchNorm2d are not random. */
  private static List<Parameter> random(Weights weights) {
    return weights.parameters().stream()
        .filter(each -> each.role() == Role.WEIGHT || each.role() == Role.BIAS)
        .toList();
  }

  @ParameterizedTest
  @EnumSource(
      value = Networks.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"VGG11", "NIN_IMAGENET"})
  void theIdentityHeadIsTheIdentityWithNoiseWhereAsManyGoOutAsIn(Networks preset) {
    Network network = preset.build();
    int classes = network.classes();
    Weights weights = Initializer.IDENTITY_HEAD.initialize(network, SEED);
    Weights he = Initializer.HE.initialize(network, SEED);
    Shape square = Shape.of(classes, classes, 1, 1);
    List<Parameter> parameters = weights.parameters();
    int head = parameters.size();
    while (parameters.get(head - 2).shape().equals(square)) {
      head -= 2;
      float[] noise = weights.values(head).clone();
      for (int c = 0; c < classes; c++) {
        noise[c * classes + c] -= 1;
      }
      moments(
          "identity head: noise, ",
          new Sample(noise),
          0.05 * 0.05,
          2,
          preset + " " + parameters.get(head).name());
    }
    head -= 2;
    for (int i = 0; i < parameters.size(); i++) {
      float[] expected = he.values(i).clone();
      if (i > head && parameters.get(i).shape().rank() == 1) {
        Arrays.fill(expected, 0.2f);
      } else if (i > head) {
        continue;
      }
      assertEquals(
          0, Arrays.compare(expected, weights.values(i)), preset + " " + parameters.get(i).name());
    }
  }

  /**
   * @param spread variance of a square, over the square of the variance: 2 of a normal
   *     distribution, 4/5 of a uniform one
   */
  private static void moments(
      String row, Sample sample, double variance, double spread, String what) {
    double n = sample.size();
    ERRORS.check(
        row + "mean",
        Math.abs(sample.mean()) / Math.sqrt(variance),
        SIGMAS / Math.sqrt(n),
        () -> what);
    ERRORS.check(
        row + "variance",
        Math.abs(sample.variance() / variance - 1),
        SIGMAS * Math.sqrt(spread / n),
        () -> what);
  }

  private static void distribution(String row, Sample ours, Sample theirs, String what) {
    ERRORS.check(
        row + "distribution",
        ours.distance(theirs),
        CRITICAL * Math.sqrt(1.0 / ours.size() + 1.0 / theirs.size()),
        () -> what);
  }

  /** The weight of the layer that a weight or bias belongs to. */
  private static Parameter weightOf(Parameter parameter, Network network) {
    String name = parameter.name().replace(".bias", ".weight");
    return network.parameters().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** Of (out, in, height, width) or (out, in): all that an output is summed from. */
  private static double fanIn(Shape weight) {
    return (double) weight.elements() / weight.dim(0);
  }

  /** All that an input is added to. */
  private static double fanOut(Shape weight) {
    return (double) weight.elements() / weight.dim(1);
  }

  private static Tensor empty(Shape shape) {
    return torch.empty(Torch.dims(shape));
  }

  private static Tensor biasOfConv2d(Shape weight) {
    boolean linear = weight.rank() == 2;
    LongPointer kernel = new LongPointer(linear ? 1 : weight.height(), linear ? 1 : weight.width());
    return new Conv2dImpl(weight.dim(1), weight.dim(0), kernel).bias();
  }

  private static Sample sample(Supplier<Tensor> source) {
    return Torch.scoped(
        () -> {
          Tensor tensor = source.get().detach().contiguous();
          float[] values = new float[Math.toIntExact(tensor.numel())];
          new FloatPointer(tensor.data_ptr()).get(values);
          return new Sample(values);
        });
  }
}
