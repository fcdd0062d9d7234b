package org.nin4j.tracking.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class HeatColoursTest {
  private static final int STEPS = 20;

  /** CIE 1976 L* of an sRGB colour, 0 to 100: another scale of lightness than Oklab's. */
  private static double lightness(int rgb) {
    double luminance =
        0.2126 * linear(rgb >> 16 & 0xFF)
            + 0.7152 * linear(rgb >> 8 & 0xFF)
            + 0.0722 * linear(rgb & 0xFF);
    return 116 * Math.cbrt(luminance) - 16;
  }

  private static double linear(int channel) {
    double value = channel / 255.0;
    return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  }

  private static int channel(int rgb, int shift) {
    return rgb >> shift & 0xFF;
  }

  @Test
  void lightnessFallsEvenlyOnBothSides() {
    double range = lightness(HeatColours.rgb(0)) - lightness(HeatColours.rgb(1));
    for (int side = -1; side <= 1; side += 2) {
      for (int i = 0; i < STEPS; i++) {
        double before = lightness(HeatColours.rgb((double) side * i / STEPS));
        double after = lightness(HeatColours.rgb((double) side * (i + 1) / STEPS));
        assertEquals(range / STEPS, before - after, 0.4 * range / STEPS, "step " + side * i);
      }
      assertEquals(lightness(HeatColours.rgb(1)), lightness(HeatColours.rgb(side)), 0.1 * range);
    }
  }

  /** Red and green may look the same to a reader, but blue against the two does not. */
  @Test
  void theSidesDifferInBlueAgainstYellow() {
    int positive = HeatColours.rgb(1);
    int negative = HeatColours.rgb(-1);
    assertTrue(channel(positive, 16) - channel(positive, 0) > 100);
    assertTrue(channel(negative, 0) - channel(negative, 16) > 100);
    assertTrue(channel(positive, 8) - channel(positive, 0) > 40, "orange is yellow, not red");
  }

  @Test
  void valuesBeyondTheScaleHaveTheColourOfItsEnd() {
    assertEquals(HeatColours.rgb(1), HeatColours.rgb(7));
    assertEquals(HeatColours.rgb(-1), HeatColours.rgb(-7));
  }
}
