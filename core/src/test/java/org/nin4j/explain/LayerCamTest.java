package org.nin4j.explain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nin4j.Engines;
import org.nin4j.data.DecodedImage;
import org.nin4j.data.Preprocessing;
import org.nin4j.engine.Engine;
import org.nin4j.engine.Precision;
import org.nin4j.engine.Weights;
import org.nin4j.io.Model;
import org.nin4j.nn.AdaptiveAvgPool2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Dropout;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Linear;
import org.nin4j.nn.Network;
import org.nin4j.nn.ReLU;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;

/** Against maps that were computed by hand. */
class LayerCamTest {
  private static final float ROUNDING = 1e-6f;

  static List<Engine> engines() {
    return List.of(Engines.reference(), Engines.best());
  }

  /**
   * Two maps of an image x: x and 1 - x. The scores are linear in them, each position with a weight
   * of its own, and a ReLU follows.
   */
  private static Model model(float bias) {
    Network network =
        new Network(
            "by hand",
            Shape.of(1, 1, 1, 2),
            new Sequential(
                new Conv2d(1, 2, 1),
                new ReLU(),
                new Dropout(0.5f),
                new Flatten(),
                new Linear(4, 2),
                new ReLU()));
    Weights weights = Weights.zeros(network);
    set(weights, "0.weight", 1, -1);
    set(weights, "0.bias", 0, 1);
    set(weights, "4.weight", 2, -3, 5, 7, -1, -1, -1, -1);
    set(weights, "4.bias", bias, 0);
    return new Model(network, weights, List.of("a", "b"), Preprocessing.unit(1, 1, 2), Map.of());
  }

  private static void set(Weights weights, String name, float... values) {
    System.arraycopy(values, 0, weights.values(name), 0, values.length);
  }

  private static float[] map(Model model, Engine engine, int label) {
    DecodedImage image = new DecodedImage(1, 1, 2, new byte[] {51, (byte) 204}); // 0.2, 0.8
    try (Explainer explainer = Explainer.of(model, engine, Precision.FP32)) {
      return explainer.explain(image, label, ExplanationMethod.LAYER_CAM).heatMap().values();
    }
  }

  /** Left: 2 * 0.2 + 5 * 0.8; right: the -3 counts as 0, and 7 * 0.2. */
  @ParameterizedTest
  @MethodSource("engines")
  void positiveGradientsWeightTheMaps(Engine engine) {
    assertArrayEquals(new float[] {4.4f, 1.4f}, map(model(0), engine, 0), ROUNDING);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aClosedLastReluDoesNotHideTheGradient(Engine engine) {
    assertArrayEquals(new float[] {4.4f, 1.4f}, map(model(-100), engine, 0), ROUNDING);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aClassWithoutPositiveGradientsHasNoEvidence(Engine engine) {
    assertArrayEquals(new float[] {0, 0}, map(model(0), engine, 1));
  }

  /**
   * With finite differences of the score of a network with BatchNorm2d, whose score is the mean of
   * the map before its last ReLU.
   */
  @Test
  void theWeightsAreTheDerivativesOfTheScore() {
    Network network = ExplainedNetworks.withBatchNorm();
    Model model = RandomModel.of(network, 3);
    DecodedImage image = RandomModel.image(network, 4);
    try (Explainer explainer = Explainer.of(model, Engines.reference(), Precision.FP32)) {
      int layer = MapLayers.lastRelu(network, MethodChoice.LAYER_CAM_CELLS).orElseThrow();
      String path = network.layers().leaves().get(layer).path();
      FeatureMaps maps = explainer.featureMaps(image, path);
      Network scores = ScoreNetwork.after(network, layer);
      float[] expected =
          ExplainedNetworks.positiveDifferences(
              scores, model.weights().last(scores), maps.values(), 1);
      float[] weighted = new float[maps.grid().cells()];
      for (int i = 0; i < expected.length; i++) {
        weighted[i % weighted.length] += expected[i] * maps.values()[i];
      }
      float[] map = explainer.explain(image, 1, ExplanationMethod.LAYER_CAM).heatMap().values();
      float largest = 0;
      for (float value : map) {
        largest = Math.max(largest, value);
      }
      assertTrue(largest > 0);
      assertArrayEquals(weighted, map, 1e-4f * largest); // rounding of fp32 scores
    }
  }

  @Test
  void aNetworkWithoutReluIsRefusedWithAWayOut() {
    Network network =
        new Network(
            "linear",
            Shape.of(1, 1, 4, 4),
            new Sequential(new Conv2d(1, 2, 3), new AdaptiveAvgPool2d(1), new Flatten()));
    try (Explainer explainer = Explainer.of(RandomModel.of(network, 1))) {
      DecodedImage image = RandomModel.image(network, 2);
      String message =
          assertThrows(
                  IllegalArgumentException.class,
                  () -> explainer.explain(image, ExplanationMethod.LAYER_CAM))
              .getMessage();
      assertTrue(message.endsWith("use occlusion"), message);
      assertEquals(ExplanationMethod.OCCLUSION, explainer.automaticMethod());
    }
  }
}
