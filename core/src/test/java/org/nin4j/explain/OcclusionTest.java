package org.nin4j.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nin4j.Engines;
import org.nin4j.data.DecodedImage;
import org.nin4j.data.Preprocessing;
import org.nin4j.engine.Engine;
import org.nin4j.engine.Precision;
import org.nin4j.engine.Weights;
import org.nin4j.io.Model;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Linear;
import org.nin4j.nn.Network;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;

/** With a network that sees a single pixel. */
class OcclusionTest {
  private static final int SIDE = 8; // so that every pixel is a position, and a patch is 2x2
  private static final int ROW = 5;
  private static final int COLUMN = 2;

  static List<Engine> engines() {
    return List.of(Engines.reference(), Engines.best());
  }

  /** The first logit is twice the pixel, the second is 0. */
  private static Model seesOnePixel() {
    Network network =
        new Network(
            "pixel",
            Shape.of(1, 1, SIDE, SIDE),
            new Sequential(new Flatten(), new Linear(SIDE * SIDE, 2)));
    Weights weights = Weights.zeros(network);
    weights.values("1.weight")[ROW * SIDE + COLUMN] = 2;
    return new Model(
        network, weights, List.of("lit", "dark"), Preprocessing.unit(1, SIDE, SIDE), Map.of());
  }

  /** With only that pixel lit, its patch leaves a logit of twice the mean, 1/64. */
  @ParameterizedTest
  @MethodSource("engines")
  void theProbabilityDropsWhereAPatchCoversThePixel(Engine engine) {
    byte[] pixels = new byte[SIDE * SIDE];
    pixels[ROW * SIDE + COLUMN] = -1;
    DecodedImage image = new DecodedImage(1, SIDE, SIDE, pixels);
    double expected = 1 / (1 + Math.exp(-2)) - 1 / (1 + Math.exp(-2 / 64.0));
    try (Explainer explainer = Explainer.of(seesOnePixel(), engine, Precision.FP32)) {
      HeatMap lit = explainer.explain(image, 0, ExplanationMethod.OCCLUSION).heatMap();
      HeatMap dark = explainer.explain(image, 1, ExplanationMethod.OCCLUSION).heatMap();
      int covering = 0;
      for (int y = 0; y < SIDE; y++) {
        for (int x = 0; x < SIDE; x++) {
          boolean covers = Math.abs(lit.at(y, x)) > 1e-6;
          covering += covers ? 1 : 0;
          assertEquals(covers ? expected : 0, lit.at(y, x), 1e-6);
          assertEquals(-lit.at(y, x), dark.at(y, x), 1e-6);
        }
      }
      assertEquals(4, covering, "a pixel is in four patches of 2x2");
      assertEquals(expected, lit.at(ROW, COLUMN), 1e-6);
    }
  }
}
