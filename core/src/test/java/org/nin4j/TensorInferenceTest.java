package org.nin4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nin4j.data.DecodedImage;
import org.nin4j.data.ImagePreprocessor;
import org.nin4j.data.Preprocessing;
import org.nin4j.engine.Engine;
import org.nin4j.engine.Precision;
import org.nin4j.engine.Quantization;
import org.nin4j.engine.QuantizationParameters;
import org.nin4j.engine.QuantizedLayer;
import org.nin4j.engine.Weights;
import org.nin4j.error.ClosedException;
import org.nin4j.explain.Explainer;
import org.nin4j.internal.Softmax;
import org.nin4j.io.Model;
import org.nin4j.nn.AdaptiveAvgPool2d;
import org.nin4j.nn.BatchNorm2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.MaxPool2d;
import org.nin4j.nn.Network;
import org.nin4j.nn.PlacedLayer;
import org.nin4j.nn.ReLU;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;
import org.nin4j.train.Initializer;

class TensorInferenceTest {
  private static final int COUNT = 7;
  private static final Network NETWORK =
      new Network(
          "small",
          Shape.of(1, 3, 9, 8),
          new Sequential(
              new Sequential(
                  new Conv2d(3, 5, 3), new BatchNorm2d(5), new ReLU(), new Conv2d(5, 6, 1)),
              new MaxPool2d(2, 2),
              new Conv2d(6, 4, 1),
              new ReLU(),
              new AdaptiveAvgPool2d(1),
              new Flatten()));

  private static Model model(boolean quantized) {
    Weights weights = Initializer.HE.initialize(NETWORK, 1);
    Arrays.fill(weights.values("0.1.running_mean"), 0.25f);
    Arrays.fill(weights.values("0.1.running_var"), 0.75f);
    Map<String, QuantizedLayer> layers =
        Map.of("0.0", layer(5, 0.01f), "0.3", layer(6, 0.02f), "2", layer(4, 0.02f));
    if (quantized) {
      layers.forEach((path, layer) -> layer.round(weights.values(path + ".weight")));
    }
    return new Model(
        NETWORK,
        weights,
        List.of("a", "b", "c", "d"),
        Preprocessing.unit(3, 9, 8),
        Map.of(),
        quantized ? new Quantization(layers) : null);
  }

  private static QuantizedLayer layer(int outputs, float scale) {
    return new QuantizedLayer(
        new QuantizationParameters(scale, 0), Collections.nCopies(outputs, scale));
  }

  private static List<DecodedImage> images() {
    Random random = new Random(2);
    return random
        .ints(COUNT)
        .mapToObj(
            seed -> {
              byte[] pixels = new byte[3 * 9 * 8];
              new Random(seed).nextBytes(pixels);
              return new DecodedImage(3, 9, 8, pixels);
            })
        .toList();
  }

  private static float[] tensor(List<DecodedImage> images) {
    ImagePreprocessor preprocessor = new ImagePreprocessor(Preprocessing.unit(3, 9, 8));
    float[] tensor = new float[images.size() * preprocessor.length()];
    for (int i = 0; i < images.size(); i++) {
      preprocessor.apply(images.get(i), tensor, i * preprocessor.length());
    }
    return tensor;
  }

  private static float[] run(TensorInference inference, float[] tensor) {
    try (inference) {
      float[] target = new float[(int) (COUNT * inference.output().elements())];
      inference.run(tensor, COUNT, target);
      return target;
    }
  }

  private static List<Engine> engines() {
    return List.of(Engines.reference(), Engines.oneDnn());
  }

  @Test
  void logitsHaveTheBitsOfAClassifierOnAnyNumberOfThreads() {
    List<DecodedImage> images = images();
    float[] tensor = tensor(images);
    for (Engine engine : engines()) {
      for (Precision precision : List.of(Precision.FP32, Precision.INT8)) {
        Model model = model(precision == Precision.INT8);
        if (!engine.supports(precision)) {
          continue;
        }
        float[] logits = run(TensorInference.logits(model, engine, precision, 1), tensor);
        assertArrayEquals(logits, run(TensorInference.logits(model, engine, precision, 3), tensor));
        try (Classifier classifier =
            Classifier.builder(model).engine(engine).precision(precision).build()) {
          float[] expected = new float[4];
          float[] probabilities = new float[4];
          for (int i = 0; i < COUNT; i++) {
            classifier.classify(images.get(i).pixels(), 3, 9, 8, expected);
            float[] own = Arrays.copyOfRange(logits, 4 * i, 4 * i + 4);
            Softmax.probabilities(own, probabilities, 4);
            assertArrayEquals(expected, probabilities);
          }
        }
      }
    }
  }

  @Test
  void theOutputOfALayerIsThatOfTheExplainer() {
    List<DecodedImage> images = images();
    float[] tensor = tensor(images);
    Model model = model(false);
    for (Engine engine : engines()) {
      try (Explainer explainer = Explainer.of(model, engine, Precision.FP32)) {
        for (String path : List.of("0.0", "0.1", "0.2", "0", "1", "2", "3", "4")) {
          TensorInference inference = TensorInference.layer(model, path, engine, Precision.FP32, 2);
          int each = (int) inference.output().elements();
          float[] outputs = run(inference, tensor);
          for (int i = 0; i < COUNT; i++) {
            assertArrayEquals(
                explainer.featureMaps(images.get(i), path).values(),
                Arrays.copyOfRange(outputs, i * each, (i + 1) * each),
                path);
          }
        }
      }
    }
  }

  /** Also in integers, which are numbers again where a layer's output is kept. */
  @Test
  void theOutputOfTheLastLayerIsTheLogits() {
    float[] tensor = tensor(images());
    for (Engine engine : engines()) {
      for (Precision precision : List.of(Precision.FP32, Precision.INT8)) {
        if (engine.supports(precision)) {
          Model model = model(precision == Precision.INT8);
          TensorInference last = TensorInference.layer(model, "5", engine, precision, 1);
          assertEquals(Shape.of(1, 4), last.output());
          float[] logits = run(TensorInference.logits(model, engine, precision, 1), tensor);
          // without kept outputs, fp32 folds BatchNorm2d into the convolution before it
          assertArrayEquals(logits, run(last, tensor), 1e-5f);
        }
      }
    }
  }

  @Test
  void everyLayerHasTheShapeThatTheNetworkSays() {
    List<Shape> shapes = NETWORK.outputShapes();
    List<PlacedLayer> leaves = NETWORK.layers().leaves();
    for (int i = 0; i < leaves.size(); i++) {
      try (TensorInference inference =
          TensorInference.layer(
              model(false), leaves.get(i).path(), Engines.reference(), Precision.FP32, 1)) {
        assertEquals(shapes.get(i), inference.output());
        assertEquals(NETWORK.input(), inference.input());
      }
    }
  }

  @Test
  void whatDoesNotFitIsRefused() {
    Model model = model(false);
    Engine engine = Engines.reference();
    IllegalArgumentException noLayer =
        assertThrows(
            IllegalArgumentException.class,
            () -> TensorInference.layer(model, "7", engine, Precision.FP32, 1));
    assertTrue(noLayer.getMessage().contains("has no layer at '7'"), noLayer.getMessage());
    TensorInference inference = TensorInference.logits(model, engine, Precision.FP32, 1);
    float[] images = new float[2 * 3 * 9 * 8];
    inference.run(images, 0, new float[0]);
    for (int[] wrong : new int[][] {{3, 12}, {2, 7}, {-1, 8}}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> inference.run(images, wrong[0], new float[wrong[1]]));
    }
    inference.close();
    inference.close();
    assertThrows(ClosedException.class, () -> inference.run(images, 1, new float[4]));
  }
}
