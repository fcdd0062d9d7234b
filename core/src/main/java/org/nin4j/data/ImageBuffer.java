package org.nin4j.data;

/**
 * An image that can be changed, and then be replaced by another of any size: what {@link
 * Augmentation}s work on. Memory is allocated only for an image larger than all before. Belongs to
 * one thread at a time.
 */
public final class ImageBuffer {
  private byte[] pixels = new byte[0];
  private int channels;
  private int height;
  private int width;

  /**
   * Creates a buffer without an image; its channels, height and width are 0 until one is loaded.
   */
  ImageBuffer() {}

  /** Takes over the size of an image and a copy of its pixels. */
  void load(DecodedImage image) {
    int length = image.pixels().length;
    if (pixels.length < length) {
      pixels = new byte[length];
    }
    System.arraycopy(image.pixels(), 0, pixels, 0, length);
    channels = image.channels();
    height = image.height();
    width = image.width();
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

  /**
   * {@return the pixels themselves, not a copy: unsigned bytes in the order (C, H, W), from the
   * array's start} The array may be longer than the image, and is replaced when a larger one is
   * loaded.
   */
  public byte[] pixels() {
    return pixels;
  }
}
