package org.nin4j.tracking.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nin4j.Engines;
import org.nin4j.data.DecodedImage;
import org.nin4j.data.ImageRegion;
import org.nin4j.data.Preprocessing;
import org.nin4j.engine.Precision;
import org.nin4j.engine.Weights;
import org.nin4j.explain.CellAxis;
import org.nin4j.explain.CellGrid;
import org.nin4j.explain.Explainer;
import org.nin4j.explain.HeatMap;
import org.nin4j.io.Model;
import org.nin4j.nn.AdaptiveAvgPool2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Network;
import org.nin4j.nn.ReLU;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;

class OverlayTest {
  private static final int GREY = 128;

  private static DecodedImage grey(int height, int width) {
    byte[] pixels = new byte[height * width];
    Arrays.fill(pixels, (byte) GREY);
    return new DecodedImage(1, height, width, pixels);
  }

  /** Against the class on the left, for it on the right. */
  private static HeatMap leftAndRight() {
    CellGrid grid = new CellGrid(new CellAxis(1, 0, 1, 1), new CellAxis(2, 0, 1, 2));
    return new HeatMap(grid, new float[] {-3, 3});
  }

  private static int channel(BufferedImage picture, int x, int y, int shift) {
    return picture.getRGB(x, y) >> shift & 0xFF;
  }

  @Test
  void evidenceForIsOrangeAndEvidenceAgainstIsBlue() {
    BufferedImage picture =
        Overlay.heat(grey(2, 4), leftAndRight(), new ImageRegion(0, 0, 2, 4), 4);
    assertEquals(4, picture.getWidth());
    assertTrue(channel(picture, 0, 0, 0) > channel(picture, 0, 0, 16) + 50, "blue");
    assertTrue(channel(picture, 3, 1, 16) > channel(picture, 3, 1, 0) + 50, "orange");
  }

  @Test
  void whatTheNetworkDidNotSeeStaysGrey() {
    BufferedImage picture =
        Overlay.heat(grey(2, 8), leftAndRight(), new ImageRegion(0, 2, 2, 4), 8);
    int[] row = new int[8];
    for (int x = 0; x < 8; x++) {
      row[x] = picture.getRGB(x, 0) & 0xFFFFFF;
    }
    int plain = (128 + GREY / 2) * 0x010101;
    assertArrayEquals(new int[] {plain, plain}, new int[] {row[0], row[1]});
    assertArrayEquals(new int[] {plain, plain}, new int[] {row[6], row[7]});
    assertTrue(row[2] != plain && row[5] != plain);
  }

  @Test
  void smallImagesAreEnlargedAndLargeOnesReducedByAWholeFactor() {
    ImageRegion small = new ImageRegion(0, 0, 3, 5);
    assertEquals(20, Overlay.heat(grey(3, 5), leftAndRight(), small, 22).getWidth());
    assertEquals(12, Overlay.heat(grey(3, 5), leftAndRight(), small, 22).getHeight());
    ImageRegion large = new ImageRegion(0, 0, 30, 50);
    assertEquals(17, Overlay.heat(grey(30, 50), leftAndRight(), large, 20).getWidth());
  }

  private static Model model() {
    Network network =
        new Network(
            "maps",
            Shape.of(1, 1, 6, 6),
            new Sequential(
                new Conv2d(1, 2, 1), new ReLU(), new AdaptiveAvgPool2d(1), new Flatten()));
    Weights weights = Weights.zeros(network);
    weights.values("0.weight")[0] = 1;
    weights.values("0.weight")[1] = -1;
    return new Model(
        network, weights, List.of("bright", "dark"), Preprocessing.unit(1, 6, 6), Map.of());
  }

  private static Explainer explainer() {
    return Explainer.of(model(), Engines.reference(), Precision.FP32);
  }

  @Test
  void theSheetShowsTheImageTheMapAndTheScale() {
    DecodedImage image = grey(6, 6);
    try (Explainer explainer = explainer()) {
      BufferedImage sheet = Overlay.of(image, explainer.explain(image, 1));
      assertEquals(318 + 16, sheet.getHeight());
      assertEquals(GREY * 0x010101, sheet.getRGB(20, 20) & 0xFFFFFF, "the image");
      assertTrue(channel(sheet, 350, 20, 0) > channel(sheet, 350, 20, 16), "evidence against");
      int bar = 2 * 318 + 3 * 8;
      assertEquals(HeatColours.rgb(1), sheet.getRGB(bar, 8) & 0xFFFFFF);
      assertEquals(HeatColours.rgb(-1), sheet.getRGB(bar, 8 + 317) & 0xFFFFFF);
    }
  }

  @Test
  void theNumbersBesideAVeryWideImageDoNotTouch() {
    DecodedImage image = grey(4, 400);
    try (Explainer explainer = explainer()) {
      BufferedImage sheet = Overlay.of(image, explainer.explain(image, 1));
      assertTrue(sheet.getHeight() - 16 > 3 * PixelDigits.HEIGHT, "height " + sheet.getHeight());
    }
  }

  @Test
  void anAtlasHasTheMapsOfAllChannelsInOneScale() {
    try (Explainer explainer = explainer()) {
      BufferedImage atlas = Atlas.of(explainer.featureMaps(grey(6, 6), "0"));
      int side = 48 + 2; // a map of 6x6 is drawn eight times as large
      assertEquals(HeatColours.rgb(1), atlas.getRGB(10, 10) & 0xFFFFFF);
      assertEquals(HeatColours.rgb(-1), atlas.getRGB(side + 10, 10) & 0xFFFFFF);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1.00",
    "-3.14159, -3.14",
    "254.02, 254",
    "0.0123, 0.0123",
    "0.00001, 1.0e-05",
    "123456, 1.2e05",
    "99999, 99999"
  })
  void theNumbersOfAScaleHaveThreeDigits(double value, String text) {
    assertEquals(text, HeatScale.text(value));
    BufferedImage picture = new BufferedImage(96, 10, BufferedImage.TYPE_INT_RGB);
    PixelDigits.draw(picture, text, 0, 0); // all characters are known
    assertTrue(text.length() * PixelDigits.ADVANCE + 22 <= HeatScale.WIDTH);
  }

  @Test
  void aScaleWithoutEvidenceAgainstBeginsAtZero() {
    assertEquals(new HeatScale(2, false), HeatScale.of(new float[] {0, 2, 1}));
    assertEquals(new HeatScale(3, true), HeatScale.of(new float[] {-3, 2}));
    assertEquals(new HeatScale(1, false), HeatScale.of(new float[] {0, 0}));
  }
}
