package org.nin4j.tracking.picture;

import java.awt.image.BufferedImage;
import java.util.Map;

/**
 * Numbers of 3 x 5 pixels for each character, drawn twice as large. They need no fonts, which a
 * server may not have, and look the same on every machine.
 */
final class PixelDigits {
  /** Height of a number in pixels. */
  static final int HEIGHT = 10;

  /** Width of a character in pixels, with the gap behind it. */
  static final int ADVANCE = 8;

  private static final int SCALE = 2;
  private static final int ROWS = 5;
  private static final int COLUMNS = 3;

  /** Rows from top to bottom, each of three bits. */
  private static final Map<Character, int[]> GLYPHS =
      Map.ofEntries(
          Map.entry('0', new int[] {7, 5, 5, 5, 7}),
          Map.entry('1', new int[] {2, 6, 2, 2, 7}),
          Map.entry('2', new int[] {7, 1, 7, 4, 7}),
          Map.entry('3', new int[] {7, 1, 7, 1, 7}),
          Map.entry('4', new int[] {5, 5, 7, 1, 1}),
          Map.entry('5', new int[] {7, 4, 7, 1, 7}),
          Map.entry('6', new int[] {7, 4, 7, 5, 7}),
          Map.entry('7', new int[] {7, 1, 2, 2, 2}),
          Map.entry('8', new int[] {7, 5, 7, 5, 7}),
          Map.entry('9', new int[] {7, 5, 7, 1, 7}),
          Map.entry('.', new int[] {0, 0, 0, 0, 2}),
          Map.entry('-', new int[] {0, 0, 7, 0, 0}),
          Map.entry('e', new int[] {0, 7, 7, 4, 3}));

  private PixelDigits() {}

  /**
   * Draws a number in black.
   *
   * @param text digits, points, minus signs and the e of an exponent
   */
  static void draw(BufferedImage picture, String text, int left, int top) {
    for (int i = 0; i < text.length(); i++) {
      int[] rows = GLYPHS.get(text.charAt(i));
      for (int p = 0; p < ROWS * COLUMNS * SCALE * SCALE; p++) {
        int y = p / (COLUMNS * SCALE);
        int x = p % (COLUMNS * SCALE);
        if ((rows[y / SCALE] >> (COLUMNS - 1 - x / SCALE) & 1) == 1) {
          picture.setRGB(left + i * ADVANCE + x, top + y, 0);
        }
      }
    }
  }
}
