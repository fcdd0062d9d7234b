package org.nin4j.data;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.util.Arrays;

/** Lays the pixels of a decoded picture out as (C, H, W) bytes. */
final class PixelLayout {
  /** Unless somebody says otherwise, images with more are refused before memory is allocated. */
  static final long MAX_PIXELS = 64_000_000;

  private PixelLayout() {}

  static void requireChannels(int channels) {
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException("images have 1 or 3 channels, not " + channels);
    }
  }

  /** Returns the end of a sentence that begins with an image and what it does. */
  static String tooManyPixels(long width, long height, long most) {
    return String.format(
        most % 1_000_000 == 0
            ? "%d x %d pixels; more than %d million are not read"
            : "%d x %d pixels; more than %d are not read",
        width,
        height,
        most % 1_000_000 == 0 ? most / 1_000_000 : most);
  }

  /**
   * Converts a picture.
   *
   * @param maxPixels the largest number of pixels
   * @throws IllegalArgumentException if there are neither 1 nor 3 channels, or too many pixels
   */
  static DecodedImage of(BufferedImage image, int channels, long maxPixels) {
    requireChannels(channels);
    int width = image.getWidth();
    if ((long) width * image.getHeight() > maxPixels) {
      throw new IllegalArgumentException(
          "the image has " + tooManyPixels(width, image.getHeight(), maxPixels));
    }
    int area = width * image.getHeight();
    byte[] pixels = new byte[channels * area];
    int[] row = new int[width];
    boolean grey = isGrey(image.getColorModel());
    boolean wholeGrey = grey && isWholeBytes(image.getColorModel());
    boolean bytes = !grey && isBytes(image.getColorModel());
    byte[] rowBytes = bytes ? new byte[width * image.getColorModel().getNumComponents()] : null;
    for (int y = 0; y < image.getHeight(); y++) {
      if (wholeGrey) {
        readGrey(image, y, row);
      } else if (grey) {
        readOtherGrey(image, y, row);
      } else if (bytes) {
        readBytes(image, y, rowBytes, row);
      } else {
        image.getRGB(0, y, width, 1, row, 0, width);
      }
      for (int x = 0; x < width; x++) {
        write(overBlack(row[x]), pixels, y * width + x, channels, area);
      }
    }
    return new DecodedImage(channels, image.getHeight(), width, pixels);
  }

  /**
   * Grey is read from its raster: through {@code getRGB} it would be taken for linear light, and
   * come out brighter than it is stored.
   */
  private static boolean isGrey(ColorModel model) {
    return model instanceof ComponentColorModel
        && model.getColorSpace().getType() == ColorSpace.TYPE_GRAY;
  }

  private static void readGrey(BufferedImage image, int y, int[] argb) {
    Raster raster = image.getRaster();
    ColorModel model = image.getColorModel();
    int shift = model.getComponentSize(0) - 8;
    for (int x = 0; x < argb.length; x++) {
      int value = raster.getSample(x, y, 0) >> shift;
      int alpha = model.hasAlpha() ? raster.getSample(x, y, 1) >> shift : 255;
      argb[x] = alpha << 24 | value << 16 | value << 8 | value;
    }
  }

  /** Grey that is not stored in whole bytes: floating-point numbers, or multiplied by alpha. */
  private static void readOtherGrey(BufferedImage image, int y, int[] argb) {
    ColorModel model = image.getColorModel();
    float[] components = new float[2]; // grey and alpha, 0 to 1
    Object pixel = null;
    for (int x = 0; x < argb.length; x++) {
      pixel = image.getRaster().getDataElements(x, y, pixel);
      model.getNormalizedComponents(pixel, components, 0);
      int value = toByte(components[0]);
      int alpha = model.hasAlpha() ? toByte(components[1]) : 255;
      argb[x] = alpha << 24 | value << 16 | value << 8 | value;
    }
  }

  /** Returns whether samples are unsigned, of 8 or 16 bits, and independent of alpha. */
  private static boolean isWholeBytes(ColorModel model) {
    int type = model.getTransferType();
    return (type == DataBuffer.TYPE_BYTE || type == DataBuffer.TYPE_USHORT)
        && Arrays.stream(model.getComponentSize()).allMatch(bits -> bits % 8 == 0)
        && !model.isAlphaPremultiplied();
  }

  private static int toByte(float component) {
    return Math.round(255 * Math.max(0, Math.min(1, component)));
  }

  /** Of these {@code getRGB} would give the same, but pixel by pixel, in ten times as long. */
  private static boolean isBytes(ColorModel model) {
    return model instanceof ComponentColorModel
        && model.getColorSpace().isCS_sRGB()
        && model.getTransferType() == DataBuffer.TYPE_BYTE
        && Arrays.stream(model.getComponentSize()).allMatch(bits -> bits == 8)
        && !model.isAlphaPremultiplied();
  }

  private static void readBytes(BufferedImage image, int y, byte[] bytes, int[] argb) {
    image.getRaster().getDataElements(0, y, argb.length, 1, bytes);
    int components = bytes.length / argb.length;
    for (int x = 0; x < argb.length; x++) {
      int at = x * components;
      int alpha = components == 4 ? bytes[at + 3] & 0xFF : 255;
      argb[x] =
          alpha << 24
              | (bytes[at] & 0xFF) << 16
              | (bytes[at + 1] & 0xFF) << 8
              | (bytes[at + 2] & 0xFF);
    }
  }

  private static int overBlack(int argb) {
    int alpha = argb >>> 24;
    if (alpha == 255) {
      return argb;
    }
    return scaled(argb >> 16, alpha) << 16 | scaled(argb >> 8, alpha) << 8 | scaled(argb, alpha);
  }

  private static int scaled(int value, int alpha) {
    return ((value & 0xFF) * alpha + 127) / 255;
  }

  private static void write(int rgb, byte[] pixels, int at, int channels, int area) {
    int red = rgb >> 16 & 0xFF;
    int green = rgb >> 8 & 0xFF;
    int blue = rgb & 0xFF;
    if (channels == 1) {
      pixels[at] = (byte) Luma.of(red, green, blue);
    } else {
      pixels[at] = (byte) red;
      pixels[area + at] = (byte) green;
      pixels[2 * area + at] = (byte) blue;
    }
  }
}
