package org.nin4j.data;

/**
 * Converts colour to grey by ITU-R BT.601: 0.299 R + 0.587 G + 0.114 B of the encoded values, in
 * 16-bit fixed point with rounding, as most image libraries do.
 */
final class Luma {
  private Luma() {}

  static int of(int red, int green, int blue) {
    return (19595 * red + 38470 * green + 7471 * blue + 0x8000) >> 16;
  }

  /**
   * Returns the grey value of one pixel.
   *
   * @param colour (3, H, W) unsigned bytes
   * @param i index of the pixel within a channel
   * @param area H x W
   */
  static int of(byte[] colour, int i, int area) {
    return of(colour[i] & 0xFF, colour[area + i] & 0xFF, colour[2 * area + i] & 0xFF);
  }

  /**
   * Converts an image.
   *
   * @param colour (3, H, W) unsigned bytes
   * @param grey receives (H, W) unsigned bytes
   * @param area H x W
   */
  static void of(byte[] colour, byte[] grey, int area) {
    for (int i = 0; i < area; i++) {
      grey[i] = (byte) of(colour, i, area);
    }
  }
}
