package org.nin4j.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The orientation of a stored image, tag 0x0112 of Exif and TIFF: 1 is upright, 3 is upside down, 6
 * and 8 are rotated by 90 degrees; 2, 4, 5 and 7 are mirrored.
 */
final class ExifOrientation {
  static final int UPRIGHT = 1;

  private static final int TAG = 0x0112;
  private static final int ENTRY = 12;
  private static final int SHORT = 3;

  private ExifOrientation() {}

  /**
   * Reads the tag from the first directory of a TIFF structure. A missing or invalid tag means
   * upright.
   *
   * @param file the bytes that contain the structure
   * @param from index of its first byte
   * @param to index after its last byte
   */
  static int of(byte[] file, int from, int to) {
    ByteBuffer tiff = ByteBuffer.wrap(file, from, to - from).slice();
    if (tiff.limit() < 8) {
      return UPRIGHT;
    }
    tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    long directory = Integer.toUnsignedLong(tiff.getInt(4));
    if (directory + 2 > tiff.limit()) {
      return UPRIGHT;
    }
    int entries = Short.toUnsignedInt(tiff.getShort((int) directory));
    for (int i = 0; i < entries; i++) {
      long entry = directory + 2 + (long) i * ENTRY;
      if (entry + ENTRY > tiff.limit()) {
        break;
      }
      int at = (int) entry;
      if (Short.toUnsignedInt(tiff.getShort(at)) == TAG && tiff.getShort(at + 2) == SHORT) {
        int value = tiff.getShort(at + 8);
        return value >= 1 && value <= 8 ? value : UPRIGHT;
      }
    }
    return UPRIGHT;
  }

  /** Returns whether rows of the stored image are columns of the upright image. */
  static boolean swapsSides(int orientation) {
    return orientation >= 5;
  }

  /** Returns the upright image. */
  static DecodedImage upright(DecodedImage image, int orientation) {
    if (orientation == UPRIGHT) {
      return image;
    }
    int h = image.height();
    int w = image.width();
    int height = swapsSides(orientation) ? w : h;
    int width = swapsSides(orientation) ? h : w;
    byte[] source = image.pixels();
    byte[] target = new byte[source.length];
    int at = 0;
    for (int c = 0; c < image.channels(); c++) {
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          target[at++] = source[c * h * w + source(orientation, y, x, h, w)];
        }
      }
    }
    return new DecodedImage(image.channels(), height, width, target);
  }

  /** Index in the stored image, (h, w), of the pixel in row y and column x of the upright image. */
  private static int source(int orientation, int y, int x, int h, int w) {
    return switch (orientation) {
      case 2 -> y * w + (w - 1 - x);
      case 3 -> (h - 1 - y) * w + (w - 1 - x);
      case 4 -> (h - 1 - y) * w + x;
      case 5 -> x * w + y;
      case 6 -> (h - 1 - x) * w + y;
      case 7 -> (h - 1 - x) * w + (w - 1 - y);
      case 8 -> x * w + (w - 1 - y);
      default -> y * w + x;
    };
  }
}
