package org.nin4j.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.nin4j.io.Model;
import org.nin4j.nn.AdaptiveAvgPool2d;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.MaxPool2d;
import org.nin4j.nn.Network;
import org.nin4j.nn.Networks;
import org.nin4j.nn.NinBlock;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;

/**
 * Explanations find the object: digits of MNIST at random places on a larger canvas. It trains a
 * network for a minute or two, and so runs only with {@code -Dnin4j.mnist=DIR}, the folder of
 * MNIST's four files.
 */
@EnabledIfSystemProperty(named = "nin4j.mnist", matches = ".+")
class LocalisationTest {
  private static final String MNIST = System.getProperty("nin4j.mnist");
  private static final int IMAGES = 500;
  private static final double ENOUGH = 0.9;

  /** With a ReLU behind its last convolution, as the networks of the authors. */
  private static Network networkWithFineMaps() {
    return new Network(
        "canvas",
        Shape.of(1, 1, 64, 64),
        new Sequential(
            NinBlock.of(1, 12, 5, 1, 2),
            new MaxPool2d(3, 2),
            NinBlock.of(12, 24, 5, 1, 2),
            new MaxPool2d(3, 2),
            NinBlock.of(24, 10, 3, 1, 1),
            new AdaptiveAvgPool2d(1),
            new Flatten()));
  }

  private static void assertFindsObjects(
      Network network, int reduction, int epochs, ExplanationMethod expected) throws IOException {
    Model model = CanvasTask.train(MNIST, network, reduction, epochs);
    CanvasDigits images = CanvasTask.tested(MNIST, network.input().height(), reduction);
    try (Explainer explainer = Explainer.of(model)) {
      assertEquals(expected, explainer.automaticMethod());
      Localisation found =
          Localisation.of(
              explainer,
              images,
              IMAGES,
              (image, label) -> explainer.explain(image, label).heatMap());
      assertTrue(found.peaksInBox() >= ENOUGH, found.toString());
      assertTrue(found.deletions() >= ENOUGH, found.toString());
    }
  }

  @Test
  void classMapsPeakOnTheObjectAndShowWhatTheClassRestsOn() throws IOException {
    assertFindsObjects(networkWithFineMaps(), 1, 2, ExplanationMethod.CLASS_MAPS);
  }

  @Test
  void whereClassMapsAreCoarseAnEarlierLayerDoes() throws IOException {
    Network network = Networks.NIN_SMALL.build(Shape.of(1, 1, 32, 32), 10);
    assertFindsObjects(network, 2, 3, ExplanationMethod.LAYER_CAM);
  }
}
