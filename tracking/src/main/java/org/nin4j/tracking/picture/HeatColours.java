package org.nin4j.tracking.picture;

/**
 * The colours of heat maps: from blue for -1 over a near white for 0 to orange for 1. Lightness
 * falls by the same amount on both sides and hue stays the same on each, in Oklab (Ottosson, 2020),
 * so that equal steps look equal. Blue and orange can be told apart with every common kind of
 * colour blindness.
 */
final class HeatColours {
  private static final double CENTRE = 0.96; // lightness of 0
  private static final double END = 0.56; // lightness of -1 and 1
  private static final double CHROMA = 0.14; // of -1 and 1
  private static final double BLUE = Math.toRadians(255); // hue
  private static final double ORANGE = Math.toRadians(50);

  private HeatColours() {}

  /**
   * Returns the colour of a value.
   *
   * @param value -1 to 1; values beyond are taken as these
   * @return 0xRRGGBB
   */
  static int rgb(double value) {
    double size = Math.min(1, Math.abs(value));
    double hue = value < 0 ? BLUE : ORANGE;
    double chroma = CHROMA * size;
    return rgb(CENTRE + (END - CENTRE) * size, chroma * Math.cos(hue), chroma * Math.sin(hue));
  }

  /** From Oklab over its cone responses and linear sRGB. */
  private static int rgb(double lightness, double a, double b) {
    double l = cube(lightness + 0.3963377774 * a + 0.2158037573 * b);
    double m = cube(lightness - 0.1055613458 * a - 0.0638541728 * b);
    double s = cube(lightness - 0.0894841775 * a - 1.2914855480 * b);
    int red = encoded(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
    int green = encoded(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
    int blue = encoded(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s);
    return red << 16 | green << 8 | blue;
  }

  private static double cube(double value) {
    return value * value * value;
  }

  /** The transfer function of sRGB (IEC 61966-2-1). */
  private static int encoded(double linear) {
    double clipped = Math.max(0, Math.min(1, linear));
    double value =
        clipped <= 0.0031308 ? 12.92 * clipped : 1.055 * Math.pow(clipped, 1 / 2.4) - 0.055;
    return (int) Math.round(255 * value);
  }
}
