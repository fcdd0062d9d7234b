package org.nin4j.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nin4j.Engines;
import org.nin4j.data.DecodedImage;
import org.nin4j.engine.Engine;
import org.nin4j.engine.Precision;
import org.nin4j.io.Model;
import org.nin4j.nn.AvgPool2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Dropout;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Network;
import org.nin4j.nn.Networks;
import org.nin4j.nn.ReLU;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;

/** The logit of a class is the mean of its map. */
class ClassMapsTest {
  /** Rounding of a float. */
  private static final double UNIT = Math.scalb(1.0, -24);

  /** Large enough for maps of 2x2 in the networks for 224 pixels, and quick in plain Java. */
  private static final int LARGEST_SIDE = 128;

  static Stream<Arguments> presetsAndEngines() {
    return Stream.of(Engines.best(), Engines.reference())
        .flatMap(
            engine ->
                Arrays.stream(Networks.values())
                    .filter(preset -> preset != Networks.VGG11)
                    .map(preset -> Arguments.of(preset, engine)));
  }

  private static Network network(Networks preset) {
    Shape input = preset.defaultInput();
    int side = Math.min(LARGEST_SIDE, input.height());
    return preset.build(Shape.of(1, input.channels(), side, side), preset.defaultClasses());
  }

  @ParameterizedTest
  @MethodSource("presetsAndEngines")
  void theMeanOfAMapIsTheLogitOfItsClass(Networks preset, Engine engine) {
    Model model = RandomModel.of(network(preset), 1);
    DecodedImage image = RandomModel.image(model.network(), 2);
    try (Explainer explainer = Explainer.of(model, engine, Precision.FP32)) {
      Explanation explanation = explainer.explain(image, 0, ExplanationMethod.CLASS_MAPS);
      assertMeansAreLogits(explanation);
      ClassMaps maps = explanation.classMaps().orElseThrow();
      boolean isOfTheAuthors = !model.network().toString().contains("BatchNorm2d");
      assertEquals(isOfTheAuthors, maps.hasRelu());
    }
  }

  /** Adding H W floats and dividing the sum rounds H W times, each time by a part of 2^-24. */
  private static void assertMeansAreLogits(Explanation explanation) {
    ClassMaps maps = explanation.classMaps().orElseThrow();
    for (int c = 0; c < maps.classes(); c++) {
      HeatMap map = maps.afterRelu(c);
      double meanSize = 0;
      for (int i = 0; i < map.values().length; i++) {
        meanSize += Math.abs(map.values()[i]) / map.values().length;
        float before = maps.beforeRelu(c).values()[i];
        assertEquals(maps.hasRelu() ? Math.max(0, before) : before, map.values()[i]);
      }
      double tolerance = (map.values().length + 1) * UNIT * meanSize;
      assertEquals(map.mean(), explanation.scores().get(c).logit(), tolerance, "class " + c);
    }
  }

  @Test
  void anAverageOverTheWholeMapAndDropoutEndANetworkAsWell() {
    Network network =
        new Network(
            "zoo",
            Shape.of(1, 1, 6, 6),
            new Sequential(
                new Sequential(new Conv2d(1, 3, 3), new ReLU()),
                new Dropout(0.5f),
                new AvgPool2d(4, 1),
                new Flatten(),
                new Dropout(0.5f)));
    try (Explainer explainer = reference(RandomModel.of(network, 1))) {
      Explanation explanation =
          explainer.explain(RandomModel.image(network, 2), 1, ExplanationMethod.CLASS_MAPS);
      assertMeansAreLogits(explanation);
      assertTrue(explanation.classMaps().orElseThrow().hasRelu());
      assertEquals("4x4", explanation.classMaps().orElseThrow().grid().toString());
    }
  }

  @Test
  void aLinearHeadHasNoClassMaps() {
    Network network = Networks.VGG11.build(Shape.of(1, 1, 32, 32), 3);
    try (Explainer explainer = Explainer.of(RandomModel.of(network, 1))) {
      DecodedImage image = RandomModel.image(network, 2);
      assertFalse(explainer.classMaps(image).isPresent());
      String message =
          assertThrows(
                  IllegalArgumentException.class,
                  () -> explainer.explain(image, 0, ExplanationMethod.CLASS_MAPS))
              .getMessage();
      assertTrue(message.contains("use layer-cam or occlusion"), message);
    }
  }

  private static Explainer reference(Model model) {
    return Explainer.of(model, Engines.reference(), Precision.FP32);
  }
}
