package org.nin4j.data;

import java.awt.image.BufferedImage;

/** The pixels of one image. */
public final class DecodedImage {
  private final int channels;
  private final int height;
  private final int width;
  private final byte[] pixels;

  /**
   * Creates an image of given pixels.
   *
   * @param channels 1 (grey) or 3 (red, green, blue)
   * @param height number of rows, at least 1
   * @param width number of columns, at least 1
   * @param pixels unsigned bytes in the order (C, H, W); kept, not copied
   * @throws IllegalArgumentException if there is no image of such channels, height and width, or it
   *     has more or fewer pixels than given
   */
  public DecodedImage(int channels, int height, int width, byte[] pixels) {
    requireImage(pixels.length, channels, height, width);
    if (pixels.length > channels * height * width) {
      throw unlike(pixels.length, channels, height, width);
    }
    this.channels = channels;
    this.height = height;
    this.width = width;
    this.pixels = pixels;
  }

  /**
   * Converts a picture of any type: with a palette, grey, of 16 bits, or with transparency. The
   * pixels are those that {@link ImageFiles#read(java.nio.file.Path, int)} reads from a PNG file of
   * the picture.
   *
   * @param image the picture, which is copied
   * @param channels 1 for grey, 3 for red, green, blue
   * @return the image
   * @throws IllegalArgumentException if there are neither 1 nor 3 channels, or the picture has more
   *     than 64 million pixels
   */
  public static DecodedImage of(BufferedImage image, int channels) {
    return PixelLayout.of(image, channels, PixelLayout.MAX_PIXELS);
  }

  /** Requires at least as many bytes as the image has pixels. */
  static void requireImage(int bytes, int channels, int height, int width) {
    if ((channels != 1 && channels != 3)
        || height < 1
        || width < 1
        || bytes / channels / height < width) {
      throw unlike(bytes, channels, height, width);
    }
  }

  private static IllegalArgumentException unlike(int bytes, int channels, int height, int width) {
    if (channels != 1 && channels != 3) {
      return new IllegalArgumentException("images have 1 or 3 channels, not " + channels);
    }
    return new IllegalArgumentException(
        bytes + " bytes are not an image of " + channels + "x" + height + "x" + width);
  }

  /** {@return the number of channels: 1 for grey, 3 for red, green, blue} */
  public int channels() {
    return channels;
  }

  /** {@return the number of rows} */
  public int height() {
    return height;
  }

  /** {@return the number of columns} */
  public int width() {
    return width;
  }

  /** {@return the pixels themselves, not a copy: unsigned bytes in the order (C, H, W)} */
  public byte[] pixels() {
    return pixels;
  }
}
