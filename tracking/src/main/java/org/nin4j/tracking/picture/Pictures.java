package org.nin4j.tracking.picture;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import org.nin4j.data.DecodedImage;

/** Makes pictures: white ones to draw on, and pictures of a data set's images. */
public final class Pictures {
  private Pictures() {}

  /**
   * Converts an image.
   *
   * @param image an image, grey or in colour
   * @return an RGB picture of the same size
   */
  public static BufferedImage of(DecodedImage image) {
    BufferedImage picture =
        new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
    int area = image.height() * image.width();
    for (int p = 0; p < area; p++) {
      picture.setRGB(p % image.width(), p / image.width(), rgb(image.pixels(), p, area));
    }
    return picture;
  }

  /**
   * Makes a white picture.
   *
   * @param width the width in pixels, at least 1
   * @param height the height in pixels, at least 1
   * @return an RGB picture
   */
  public static BufferedImage white(int width, int height) {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width, height);
    graphics.dispose();
    return picture;
  }

  private static int rgb(byte[] pixels, int p, int area) {
    int green = pixels.length > area ? p + area : p;
    int blue = pixels.length > area ? p + 2 * area : p;
    return (pixels[p] & 0xFF) << 16 | (pixels[green] & 0xFF) << 8 | (pixels[blue] & 0xFF);
  }
}
