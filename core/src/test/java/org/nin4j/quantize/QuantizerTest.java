package org.nin4j.quantize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nin4j.Engines;
import org.nin4j.data.DecodedImage;
import org.nin4j.data.ImageDataset;
import org.nin4j.data.Normalize;
import org.nin4j.data.Preprocessing;
import org.nin4j.engine.BatchNormFolding;
import org.nin4j.engine.Engine;
import org.nin4j.engine.Gradients;
import org.nin4j.engine.OwnWeights;
import org.nin4j.engine.PlanSpec;
import org.nin4j.engine.Precision;
import org.nin4j.engine.PreparedWeights;
import org.nin4j.engine.Quantization;
import org.nin4j.engine.QuantizedLayer;
import org.nin4j.engine.Weights;
import org.nin4j.io.Model;
import org.nin4j.nn.AdaptiveAvgPool2d;
import org.nin4j.nn.AvgPool2d;
import org.nin4j.nn.BatchNorm2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Dropout;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Layer;
import org.nin4j.nn.Linear;
import org.nin4j.nn.MaxPool2d;
import org.nin4j.nn.Network;
import org.nin4j.nn.ReLU;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;

class QuantizerTest {
  private static final int SIDE = 12;
  private static final int IMAGES = 60;
  private static final int CLASSES = 4;

  private static final Layer[] STACKED = {
    new Conv2d(1, 20, 3, 1, 1),
    new ReLU(),
    new Conv2d(20, 24, 1),
    new ReLU(),
    new MaxPool2d(3, 2),
    new Dropout(0.5f),
    new Conv2d(24, CLASSES, 3),
    new AdaptiveAvgPool2d(1),
    new Flatten()
  };
  private static final Layer[] WITH_LINEAR = {
    new Conv2d(1, 6, 3, 2, 0),
    new ReLU(),
    new MaxPool2d(2, 2),
    new Flatten(),
    new Linear(24, 30, true),
    new ReLU(),
    new Linear(30, 17, false),
    new Linear(17, CLASSES, true)
  };
  private static final Layer[] WITH_REAL_NUMBERS_BETWEEN = {
    new AvgPool2d(2, 2),
    new Conv2d(1, 16, 3),
    new BatchNorm2d(16),
    new ReLU(),
    new Conv2d(16, 16, 1),
    new MaxPool2d(2, 2),
    new ReLU(),
    new Conv2d(16, CLASSES, 1),
    new ReLU(),
    new AdaptiveAvgPool2d(1),
    new Flatten()
  };

  static List<Model> models() {
    return List.of(model(STACKED), model(WITH_LINEAR), model(WITH_REAL_NUMBERS_BETWEEN));
  }

  private static Model model(Layer... layers) {
    Network network = new Network("quantized", Shape.of(1, 1, SIDE, SIDE), new Sequential(layers));
    Weights weights = Weights.zeros(network);
    Random random = new Random(3);
    for (int i = 0; i < weights.count(); i++) {
      float[] values = weights.values(i);
      Shape shape = weights.parameters().get(i).shape();
      double deviation = shape.rank() > 1 ? Math.sqrt(2.0 * shape.dim(0) / values.length) : 0.1;
      double mean = shape.rank() > 1 ? 0 : 0.5;
      for (int j = 0; j < values.length; j++) {
        values[j] = (float) (mean + deviation * random.nextGaussian());
      }
    }
    Preprocessing preprocessing =
        Preprocessing.unit(1, SIDE, SIDE)
            .then(new Normalize(List.of(0.4f), List.of(0.3f))); // some pixels are negative
    return new Model(network, weights, List.of("a", "b", "c", "d"), preprocessing, Map.of());
  }

  /** Random dots. */
  private static final class Dots implements ImageDataset {
    @Override
    public String name() {
      return "dots";
    }

    @Override
    public int size() {
      return IMAGES;
    }

    @Override
    public int channels() {
      return 1;
    }

    @Override
    public List<String> classes() {
      return List.of("a", "b", "c", "d");
    }

    @Override
    public int label(int index) {
      return 0;
    }

    @Override
    public DecodedImage image(int index) {
      byte[] pixels = new byte[SIDE * SIDE];
      new Random(index).nextBytes(pixels);
      return new DecodedImage(1, SIDE, SIDE, pixels);
    }
  }

  private static Model quantized(Model model) {
    return new Quantizer(Engines.reference(), new Dots(), IMAGES, 2).quantize(model);
  }

  private static float[] logits(Engine engine, Precision precision, Model model) {
    float[] images = new float[IMAGES * SIDE * SIDE];
    Random random = new Random(9);
    for (int i = 0; i < images.length; i++) {
      images[i] = (random.nextInt(256) / 255f - 0.4f) / 0.3f;
    }
    float[] logits = new float[IMAGES * CLASSES];
    try (OwnWeights plan =
        OwnWeights.compile(
            engine, PlanSpec.of(model.network(), IMAGES, precision, model.quantization()))) {
      plan.load(model.weights());
      plan.run(images, IMAGES, logits);
    }
    return logits;
  }

  private static double largest(float[] values) {
    double largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  private static double meanDistance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += Math.abs(a[i] - b[i]);
    }
    return sum / a.length;
  }

  /** A step of the integers is 1/255 or 1/127 of a range; a few layers of them stay near that. */
  @ParameterizedTest
  @MethodSource("models")
  void integersComputeNearlyWhatFloatsDo(Model model) {
    float[] floats = logits(Engines.reference(), Precision.FP32, model);
    float[] integers = logits(Engines.reference(), Precision.INT8, quantized(model));
    double distance = meanDistance(floats, integers);
    assertTrue(distance > 0 && distance < 0.01 * largest(floats), "off by " + distance);
  }

  /**
   * Sums of integers are exact in both; where a float between lies as near as its rounding to the
   * middle of two integers, they may take different ones, which is rare and one step.
   */
  @ParameterizedTest
  @MethodSource("models")
  void bothEnginesComputeTheSameIntegers(Model model) {
    Engine oneDnn = Engines.oneDnn();
    assumeTrue(oneDnn.supports(Precision.INT8));
    Model quantized = quantized(model);
    float[] expected = logits(Engines.reference(), Precision.INT8, quantized);
    float[] actual = logits(oneDnn, Precision.INT8, quantized);
    int apart = 0;
    for (int i = 0; i < expected.length; i++) {
      if (Math.abs(expected[i] - actual[i]) > 1e-6 * largest(expected)) {
        apart++;
      }
    }
    assertTrue(apart <= expected.length / 20, apart + " of " + expected.length + " logits differ");
    assertEquals(0, meanDistance(expected, actual), 2e-4 * largest(expected));
  }

  @Test
  void weightsAreMovedByHalfAStepOfTheirChannelAtMost() {
    Model model = model(STACKED);
    Model quantized = quantized(model);
    QuantizedLayer layer = quantized.quantization().layer("2");
    float[] before = model.weights().values("2.weight");
    float[] after = quantized.weights().values("2.weight");
    for (int i = 0; i < before.length; i++) {
      float step = layer.weightScales().get(i / 20);
      assertEquals(before[i], after[i], 0.5001 * step);
      assertEquals(Math.rint(after[i] / step), after[i] / step, 1e-4);
    }
    assertEquals(24, layer.weightScales().stream().distinct().count());
  }

  @Test
  void onlyInputsWithNegativeNumbersHaveSignedIntegers() {
    Quantization quantization = quantized(model(STACKED)).quantization();
    assertEquals(128, quantization.layer("0").input().zeroPoint());
    assertEquals(0, quantization.layer("2").input().zeroPoint());
    assertEquals(0, quantization.layer("6").input().zeroPoint());
  }

  @Test
  void aBatchNormIsFoldedBeforeItsConvolutionIsQuantized() {
    Model model = model(WITH_REAL_NUMBERS_BETWEEN);
    Model quantized = quantized(model);
    BatchNormFolding folding = BatchNormFolding.of(model.network());
    assertEquals(folding.network(), quantized.network());
    assertTrue(
        quantized.network().layers().leaves().stream()
            .noneMatch(placed -> placed.layer() instanceof BatchNorm2d));
    float[] folded = folding.fold(model.weights()).values("1.weight");
    for (int i = 0; i < folded.length; i++) {
      float step = quantized.quantization().layer("1").weightScales().get(i / 9);
      assertEquals(folded[i], quantized.weights().values("1.weight")[i], 0.5001 * step);
    }
  }

  @Test
  void aQuantizedModelIsNotQuantizedAgain() {
    Model quantized = quantized(model(STACKED));
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> quantized(quantized));
    assertTrue(e.getMessage().contains("quantized already"), e.getMessage());
  }

  @Test
  void aNetworkWithoutWeightsHasNothingToQuantize() {
    Model model = model(new AdaptiveAvgPool2d(2), new Flatten());
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> quantized(model));
    assertTrue(e.getMessage().contains("nothing to quantize"), e.getMessage());
  }

  private static void trainInIntegers(Engine engine, Model quantized) {
    PlanSpec spec = PlanSpec.of(quantized.network(), 1, Precision.INT8, quantized.quantization());
    try (PreparedWeights weights = engine.prepare(quantized.network())) {
      engine.compileTraining(spec, Gradients.OF_PARAMETERS, weights).close();
    }
  }

  @Test
  void integersAreNotForTrainingNorForModelsWithoutThem() {
    Model model = model(STACKED);
    for (Engine engine : List.of(Engines.reference(), Engines.oneDnn())) {
      if (engine.supports(Precision.INT8)) {
        assertTrue(
            assertThrows(
                    IllegalArgumentException.class, () -> logits(engine, Precision.INT8, model))
                .getMessage()
                .contains("quantize it first"));
      }
      assertTrue(
          assertThrows(
                  IllegalArgumentException.class,
                  () ->
                      trainInIntegers(
                          engine, new Quantizer(engine, new Dots(), 1, 1).quantize(model)))
              .getMessage()
              .contains("training computes in fp32 or bf16"));
    }
  }
}
