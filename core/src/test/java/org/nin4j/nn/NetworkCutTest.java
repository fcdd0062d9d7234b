package org.nin4j.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NetworkCutTest {
  private static final Network NETWORK =
      new Network(
          "made",
          Shape.of(1, 1, 8, 8),
          new Sequential(
              new Sequential(new Conv2d(1, 5, 3), new ReLU()),
              new MaxPool2d(2, 2),
              new Sequential(new Conv2d(5, 4, 1), new ReLU(), new AdaptiveAvgPool2d(1)),
              new Flatten(),
              new Linear(4, 3)));

  @Test
  void thePartUpToALayerEndsInItsOutputFlattened() {
    Network head = NETWORK.upTo("2.0");
    assertEquals("made up to 2.0", head.name());
    assertEquals(NETWORK.input(), head.input());
    assertEquals(4 * 3 * 3, head.classes());
    assertEquals(
        new Sequential(
            new Sequential(new Conv2d(1, 5, 3), new ReLU()),
            new MaxPool2d(2, 2),
            new Sequential(new Conv2d(5, 4, 1)),
            new Flatten()),
        head.layers());
  }

  @Test
  void thePartBehindALayerBeginsWithItsOutput() {
    Network tail = NETWORK.after("2.0");
    assertEquals("made after 2.0", tail.name());
    assertEquals(Shape.of(1, 4, 3, 3), tail.input());
    assertEquals(
        new Sequential(
            new Sequential(new ReLU(), new AdaptiveAvgPool2d(1)), new Flatten(), new Linear(4, 3)),
        tail.layers());
  }

  @Test
  void rowsOfFeaturesBecomeImagesOfOnePixel() {
    Network tail = NETWORK.after("3");
    assertEquals(Shape.of(1, 4, 1, 1), tail.input());
    assertEquals(new Sequential(new Flatten(), new Linear(4, 3)), tail.layers());
  }

  @Test
  void upToTheLastLayerIsAllAndBehindItIsOnlyAFlatten() {
    assertEquals(NETWORK.layers(), NETWORK.upTo("4").layers());
    assertEquals(Shape.of(1, 3, 1, 1), NETWORK.after("4").input());
    assertEquals(new Sequential(new Flatten()), NETWORK.after("4").layers());
  }

  @ParameterizedTest
  @EnumSource(Networks.class)
  void bothPartsTogetherHaveTheLayersAndParametersOfAPresetWhereverItIsCut(Networks preset) {
    Network network = preset.build();
    List<PlacedLayer> leaves = network.layers().leaves();
    List<Parameter> parameters = network.parameters();
    for (int i = 0; i < leaves.size(); i++) {
      String path = leaves.get(i).path();
      Network head = network.upTo(path);
      Network tail = network.after(path);
      assertEquals(leaves.subList(0, i + 1), head.layers().leaves().subList(0, i + 1), path);
      int own = leaves.size() - i - 1;
      List<PlacedLayer> behind = tail.layers().leaves();
      assertEquals(
          leaves.subList(i + 1, leaves.size()).stream().map(PlacedLayer::layer).toList(),
          behind.subList(behind.size() - own, behind.size()).stream()
              .map(PlacedLayer::layer)
              .toList(),
          path);
      int first = head.parameters().size();
      assertEquals(parameters.subList(0, first), head.parameters(), path);
      assertEquals(parameters.size() - first, tail.parameters().size(), path);
      assertEquals(head.classes(), tail.input().elements(), path);
      assertEquals(network.classes(), tail.classes(), path);
    }
  }

  @Test
  void aPathThatIsNotThatOfALayerIsRefusedWithThosePossible() {
    for (String path : List.of("2", "9", "")) {
      Exception refusal = assertThrows(IllegalArgumentException.class, () -> NETWORK.after(path));
      assertEquals(
          "network 'made' has no layer at '"
              + path
              + "'; it has [0.0, 0.1, 1, 2.0, 2.1, 2.2, 3, 4]",
          refusal.getMessage());
      assertThrows(IllegalArgumentException.class, () -> NETWORK.upTo(path));
    }
  }

  @Test
  void aSingleOutputMakesNoLogits() {
    Sequential layers =
        new Sequential(new AdaptiveAvgPool2d(1), new Conv2d(1, 2, 1), new Flatten());
    Network network = new Network("narrow", Shape.of(1, 1, 4, 4), layers);
    Exception refusal = assertThrows(ShapeException.class, () -> network.upTo("0"));
    assertTrue(refusal.getMessage().contains("at least 2 classes"), refusal.getMessage());
  }
}
