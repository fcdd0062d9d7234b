package org.nin4j.explain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nin4j.Classifier;
import org.nin4j.Engines;
import org.nin4j.Prediction;
import org.nin4j.data.DecodedImage;
import org.nin4j.data.ImageRegion;
import org.nin4j.engine.Precision;
import org.nin4j.error.ClosedException;
import org.nin4j.io.Model;
import org.nin4j.nn.Network;
import org.nin4j.nn.Networks;
import org.nin4j.nn.Shape;

class ExplainerTest {
  private static final Network NETWORK = Networks.NIN_SMALL.build(Shape.of(1, 1, 32, 32), 4);
  private static final Model MODEL = RandomModel.of(NETWORK, 5);
  private static final DecodedImage IMAGE = RandomModel.image(NETWORK, 6);

  private static float[] values(ExplanationMethod method) {
    try (Explainer explainer = Explainer.of(MODEL)) {
      return explainer.explain(IMAGE, 2, method).heatMap().values();
    }
  }

  @Test
  void aClosedExplainerSaysSo() {
    Explainer explainer = Explainer.of(MODEL);
    explainer.close();
    explainer.close();
    for (Executable use :
        List.<Executable>of(
            () -> explainer.explain(IMAGE), () -> explainer.featureMaps(IMAGE, "0"))) {
      assertEquals(
          "the explainer has been closed; make a new one",
          assertThrows(ClosedException.class, use).getMessage());
    }
  }

  @ParameterizedTest
  @EnumSource
  void anExplanationHasTheSameBitsInEveryThreadAndAfterOtherImages(ExplanationMethod method)
      throws Exception {
    float[] expected = values(method);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Callable<float[]> task =
          () -> {
            try (Explainer explainer = Explainer.of(MODEL)) {
              explainer.explain(RandomModel.image(NETWORK, 7), 1, method);
              return explainer.explain(IMAGE, 2, method).heatMap().values();
            }
          };
      for (Future<float[]> map : threads.invokeAll(List.of(task, task, task))) {
        assertArrayEquals(expected, map.get());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Rounding differs by the order of additions, of up to 864 products in a convolution. */
  @ParameterizedTest
  @EnumSource
  void bothEnginesExplainTheSame(ExplanationMethod method) {
    float[] expected = values(method);
    try (Explainer plain = Explainer.of(MODEL, Engines.reference(), Precision.FP32)) {
      float[] map = plain.explain(IMAGE, 2, method).heatMap().values();
      float largest = 0;
      for (float value : map) {
        largest = Math.max(largest, Math.abs(value));
      }
      assertArrayEquals(map, expected, 1e-3f * largest);
    }
  }

  @Test
  void theExplainedClassIsThePredictedOneUnlessAnotherIsAskedFor() {
    try (Explainer explainer = Explainer.of(MODEL);
        Classifier classifier = Classifier.of(MODEL)) {
      Prediction prediction = classifier.predict(IMAGE);
      Explanation explanation = explainer.explain(IMAGE);
      assertEquals(prediction.label(), explanation.score().label());
      assertEquals(prediction.label(), explanation.prediction().label());
      assertEquals(prediction.probability(), explanation.prediction().probability(), 1e-5);
      assertEquals("class 3", explainer.explain(IMAGE, 3).score().label());
      assertThrows(IndexOutOfBoundsException.class, () -> explainer.explain(IMAGE, 4));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "NIN_MNIST, 28, CLASS_MAPS, because 7x7 cells are fine enough",
    "NIN_SMALL, 32, LAYER_CAM, because the class maps have only 3x3 cells",
    "NIN_SMALL, 64, CLASS_MAPS, because 7x7 cells are fine enough",
    "NIN, 96, LAYER_CAM, because the class maps have only 1x1 cells",
    "VGG11, 32, LAYER_CAM, because network 'vgg11' has no class maps",
  })
  void theMethodDependsOnTheNetworkAndTheReasonSaysHow(
      Networks preset, int side, ExplanationMethod method, String reason) {
    Network network = preset.build(Shape.of(1, 1, side, side), 3);
    try (Explainer explainer = Explainer.of(RandomModel.of(network, 1))) {
      Explanation explanation = explainer.explain(RandomModel.image(network, 2));
      assertEquals(method, explanation.method());
      assertEquals(method, explainer.automaticMethod());
      assertTrue(explanation.reason().endsWith(reason), explanation.reason());
    }
  }

  @Test
  void aLargerInputGivesFinerMapsOverTheSameImage() {
    try (Explainer explainer = Explainer.of(MODEL)) {
      Explanation explanation = explainer.explain(IMAGE, ExplanationMethod.LARGER_INPUT);
      CellGrid grid = explanation.heatMap().grid();
      assertEquals("7x7", grid.toString());
      assertEquals("3x3", explanation.classMaps().orElseThrow().grid().toString());
      assertEquals(32, grid.rows().pixels());
      assertTrue(explanation.reason().contains("an input of 64x64"), explanation.reason());
      assertTrue(grid.rows().first() > 0 && grid.rows().first() + 6 * grid.rows().step() < 32);
    }
  }

  @Test
  void featureMapsAreThoseOfALayerOrOfTheLastLayerOfABlock() {
    try (Explainer explainer = Explainer.of(MODEL)) {
      FeatureMaps block = explainer.featureMaps(IMAGE, "1");
      FeatureMaps layer = explainer.featureMaps(IMAGE, "1.6");
      assertEquals("1.6", block.layer());
      assertArrayEquals(layer.values(), block.values());
      assertEquals(32, block.channels());
      assertEquals("15x15", block.grid().toString());
      assertEquals(block.values()[15 * 15], block.map(1).at(0, 0));
      assertComplains(explainer, "9", "network 'nin-small' has no layer at '9'; it has 0.0, 0.1,");
      assertComplains(explainer, "7", "layer 7 Flatten");
    }
  }

  private static void assertComplains(Explainer explainer, String path, String complaint) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> explainer.featureMaps(IMAGE, path))
            .getMessage();
    assertTrue(message.startsWith(complaint), message);
  }

  @Test
  void theRegionIsTheCropThatTheNetworkSees() {
    Model cropped =
        new Model(
            NETWORK,
            MODEL.weights(),
            MODEL.classes(),
            MODEL.preprocessing().centerCropped(40),
            MODEL.provenance());
    DecodedImage image = new DecodedImage(1, 80, 120, new byte[80 * 120]);
    try (Explainer explainer = Explainer.of(cropped)) {
      // 80x120 becomes 40x60, of which rows 4 to 35 and columns 14 to 45 are the input.
      assertEquals(new ImageRegion(8, 28, 64, 64), explainer.explain(image).region());
    }
  }

  @Test
  void integersHaveNoGradients() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> Explainer.of(MODEL, Engines.best(), Precision.INT8))
            .getMessage();
    assertTrue(message.contains("fp32 or bf16"), message);
  }

  @Test
  void cellsLieAtTheCentresOfTheirReceptiveFields() {
    Network network = Networks.NIN.build(Shape.of(1, 1, 96, 96), 3);
    List<String> axes = new ArrayList<>();
    for (int leaf : new int[] {0, 6, 7, 13}) {
      CellAxis axis = CellGrid.of(network, leaf).rows();
      axes.add(axis.cells() + " from " + axis.first() + " by " + axis.step());
    }
    // 11x11 by 4; a pool of 3x3 by 2; a padded 5x5; a pool of 3x3 by 2.
    assertEquals(
        List.of(
            "22 from 5.0 by 4.0",
            "10 from 9.0 by 8.0",
            "10 from 9.0 by 8.0",
            "4 from 17.0 by 16.0"),
        axes);
  }

  @Test
  void aMapIsInterpolatedBetweenTheCentresOfItsCells() {
    CellGrid grid = new CellGrid(CellAxis.divided(1, 1), CellAxis.divided(2, 4));
    HeatMap map = new HeatMap(grid, new float[] {0, 4});
    assertArrayEquals(new float[] {0, 1, 3, 4}, map.resized(1, 4));
    assertArrayEquals(new float[] {0, 4}, map.resized(1, 2));
    assertEquals(2, map.mean());
  }
}
