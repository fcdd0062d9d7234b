package org.nin4j.data;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;

/**
 * Converts CMYK and YCCK JPEG images, which Java decodes but does not convert, to RGB. The
 * conversion is R = (255 - C) (255 - K) / 255 and so on, without a colour profile, as in most
 * libraries that prepare images for networks.
 */
final class CmykJpeg {
  /** The colour transform in Adobe's segment that means YCCK. */
  private static final int YCCK = 2;

  private CmykJpeg() {}

  /**
   * Converts an image.
   *
   * @param raster the four bands as they are stored
   * @param adobe the colour transform in Adobe's segment, whose presence also means that the CMYK
   *     values are stored inverted; -1 without such a segment
   */
  static BufferedImage toRgb(Raster raster, int adobe) {
    int width = raster.getWidth();
    BufferedImage image = new BufferedImage(width, raster.getHeight(), BufferedImage.TYPE_INT_RGB);
    int[] row = new int[4 * width];
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(0, y, width, 1, row);
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, rgb(row, 4 * x, adobe));
      }
    }
    return image;
  }

  private static int rgb(int[] row, int at, int adobe) {
    int red = row[at];
    int green = row[at + 1];
    int blue = row[at + 2];
    int white = row[at + 3];
    if (adobe == YCCK) {
      double cb = row[at + 1] - 128;
      double cr = row[at + 2] - 128;
      // The stored values are inverted, so JFIF's formula gives 255 minus each inverted value.
      red = 255 - clamp(row[at] + 1.402 * cr);
      green = 255 - clamp(row[at] - 0.344136 * cb - 0.714136 * cr);
      blue = 255 - clamp(row[at] + 1.772 * cb);
    }
    if (adobe < 0) {
      red = 255 - red;
      green = 255 - green;
      blue = 255 - blue;
      white = 255 - white;
    }
    return scaled(red, white) << 16 | scaled(green, white) << 8 | scaled(blue, white);
  }

  private static int clamp(double value) {
    return (int) Math.max(0, Math.min(255, Math.rint(value)));
  }

  private static int scaled(int value, int white) {
    return (value * white + 127) / 255;
  }
}
