package org.nin4j.tracking.picture;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;

/**
 * Which value has which colour. The scale reaches from 0 as far to both sides as the largest
 * absolute value, so that colours compare evidence for and against; without negative values only
 * the upper half is used.
 *
 * @param end the value of the strongest colour, greater than 0
 * @param isSigned whether there are negative values
 */
record HeatScale(double end, boolean isSigned) {
  /** Width of the drawn scale with its numbers, in pixels. */
  static final int WIDTH = 96;

  /** Height at which the three numbers do not touch, in pixels. */
  static final int LEAST_HEIGHT = 5 * PixelDigits.HEIGHT;

  private static final int BAR = 16;
  private static final int GAP = 6;

  /** The scale of values. */
  static HeatScale of(float[] values) {
    double end = 0;
    boolean isSigned = false;
    for (float value : values) {
      end = Math.max(end, Math.abs(value));
      isSigned |= value < 0;
    }
    return new HeatScale(end > 0 ? end : 1, isSigned);
  }

  /** Returns the colour of a value: 0xRRGGBB. */
  int rgb(double value) {
    return HeatColours.rgb(value / end);
  }

  /** Draws a vertical bar with its largest value at the top, and numbers to the right of it. */
  void draw(BufferedImage picture, int left, int top, int height) {
    double least = isSigned ? -end : 0;
    for (int y = 0; y < height; y++) {
      double value = end + (least - end) * y / Math.max(1, height - 1);
      for (int x = 0; x < BAR; x++) {
        picture.setRGB(left + x, top + y, rgb(value));
      }
    }
    List<Double> numbers = isSigned ? List.of(end, 0.0, -end) : List.of(end, end / 2, 0.0);
    for (int i = 0; i < numbers.size(); i++) {
      int row = i * (height - PixelDigits.HEIGHT) / (numbers.size() - 1);
      PixelDigits.draw(picture, text(numbers.get(i)), left + BAR + GAP, top + row);
    }
  }

  /** Three significant digits, in at most nine characters. */
  static String text(double value) {
    double size = Math.abs(value);
    if (size == 0) {
      return "0";
    }
    if (size < 0.001 || size >= 100_000) {
      return String.format(Locale.ROOT, "%.1e", value).replace("+", "");
    }
    int decimals = (int) Math.max(0, 2 - Math.floor(Math.log10(size)));
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
