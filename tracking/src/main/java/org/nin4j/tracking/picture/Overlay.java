package org.nin4j.tracking.picture;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import org.nin4j.data.DecodedImage;
import org.nin4j.data.ImageRegion;
import org.nin4j.explain.Explanation;
import org.nin4j.explain.HeatMap;

/**
 * Draws a heat map over the image that it explains: orange where the map speaks for the class, blue
 * where it speaks against it. The colours go from blue over a near white to orange in steps that
 * look equal, and can be told apart with every common kind of colour blindness.
 */
public final class Overlay {
  private static final int SIDE = 320;
  private static final int GAP = 8;
  private static final double OPACITY = 0.6;

  private Overlay() {}

  /**
   * Draws an image, the same image in light grey under the heat map, and the scale of the colours
   * with its numbers, side by side.
   *
   * @param image the image that was explained
   * @param explanation the explanation of the image
   * @return an RGB picture, about 320 pixels high and 800 wide
   */
  public static BufferedImage of(DecodedImage image, Explanation explanation) {
    BufferedImage plain = Pictures.of(sized(image, SIDE));
    HeatMap map = explanation.heatMap();
    BufferedImage heat = heat(image, map, explanation.region(), SIDE);
    int height = Math.max(plain.getHeight(), HeatScale.LEAST_HEIGHT);
    BufferedImage sheet =
        Pictures.white(2 * (plain.getWidth() + GAP) + HeatScale.WIDTH + 2 * GAP, height + 2 * GAP);
    Graphics2D graphics = sheet.createGraphics();
    graphics.drawImage(plain, GAP, GAP, null);
    graphics.drawImage(heat, plain.getWidth() + 2 * GAP, GAP, null);
    graphics.dispose();
    HeatScale.of(map.values()).draw(sheet, 2 * plain.getWidth() + 3 * GAP, GAP, height);
    return sheet;
  }

  /**
   * Draws an image in light grey under a heat map, without a scale.
   *
   * @param image the image that was explained
   * @param map the heat map
   * @param region the part of the image over which the map lies
   * @param longestSide about how many pixels the longer side of the picture shall have, at least 1;
   *     small images are enlarged by a whole factor, and large ones reduced by one
   * @return an RGB picture with the aspect ratio of the image
   */
  public static BufferedImage heat(
      DecodedImage image, HeatMap map, ImageRegion region, int longestSide) {
    DecodedImage sized = sized(image, longestSide);
    double scaleY = (double) sized.height() / image.height();
    double scaleX = (double) sized.width() / image.width();
    int top = (int) Math.round(region.top() * scaleY);
    int left = (int) Math.round(region.left() * scaleX);
    int height = (int) Math.round(region.height() * scaleY);
    int width = (int) Math.round(region.width() * scaleX);
    float[] values = map.resized(height, width);
    HeatScale scale = HeatScale.of(map.values());
    BufferedImage picture = Pictures.of(sized);
    for (int y = 0; y < sized.height(); y++) {
      for (int x = 0; x < sized.width(); x++) {
        int grey = lightGrey(picture.getRGB(x, y));
        boolean inRegion = y >= top && y < top + height && x >= left && x < left + width;
        picture.setRGB(
            x,
            y,
            inRegion
                ? mixed(grey, scale.rgb(values[(y - top) * width + x - left]))
                : grey * 0x010101);
      }
    }
    return picture;
  }

  /** Enlarges a small image by a whole factor, or reduces a large one. */
  private static DecodedImage sized(DecodedImage image, int longestSide) {
    int factor = longestSide / Math.max(image.height(), image.width());
    if (factor < 2) {
      return Thumbnail.of(image, longestSide);
    }
    int height = factor * image.height();
    int width = factor * image.width();
    byte[] pixels = new byte[image.channels() * height * width];
    for (int i = 0; i < pixels.length; i++) {
      int row = i / width / factor; // of all channels, one below the other
      pixels[i] = image.pixels()[row * image.width() + i % width / factor];
    }
    return new DecodedImage(image.channels(), height, width, pixels);
  }

  /**
   * Luma as in ITU-R BT.601, in the upper half of the greys, 128 to 255: black would hide the
   * colours.
   */
  private static int lightGrey(int rgb) {
    int luma = (299 * (rgb >> 16 & 0xFF) + 587 * (rgb >> 8 & 0xFF) + 114 * (rgb & 0xFF)) / 1000;
    return 128 + luma / 2;
  }

  private static int mixed(int grey, int rgb) {
    int mixed = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      double channel = OPACITY * (rgb >> shift & 0xFF) + (1 - OPACITY) * grey;
      mixed |= (int) Math.round(channel) << shift;
    }
    return mixed;
  }
}
