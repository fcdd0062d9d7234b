package org.nin4j.data;

import java.util.Arrays;

/**
 * An image that can be changed, and then be replaced by another of any size: what {@link
 * Augmentation}s work on. Memory is allocated only for an image larger than all before. Belongs to
 * one thread at a time.
 */
public final class ImageBuffer {
  private byte[] pixels = new byte[0];

  /** Where a step builds what is to take the image's place. */
  private byte[] spare = new byte[0];

  private int channels;
  private int height;
  private int width;

  /**
   * Creates a buffer without an image; its channels, height and width are 0 until one is loaded.
   */
  public ImageBuffer() {}

  /**
   * Takes over the size of an image and a copy of its pixels.
   *
   * @param image the image
   */
  public void load(DecodedImage image) {
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
   * Returns the pixels themselves, not a copy: unsigned bytes in the order (C, H, W), from the
   * array's start. The array may be longer than the image, and is another one after a larger image
   * was loaded or an augmentation was applied.
   */
  public byte[] pixels() {
    return pixels;
  }

  /**
   * Returns an array of at least some length for an image that is computed from this one, to be
   * followed by {@link #replace}.
   */
  byte[] spare(int length) {
    spare = spare.length < length ? new byte[length] : spare;
    return spare;
  }

  /** Makes the pixels written to {@link #spare} the image, of as many channels as before. */
  void replace(int newHeight, int newWidth) {
    byte[] swapped = pixels;
    pixels = spare;
    spare = swapped;
    height = newHeight;
    width = newWidth;
  }

  /** Cuts out a part of the image. */
  void crop(Box box) {
    for (int c = 0; c < channels; c++) {
      for (int y = 0; y < box.height(); y++) {
        int source = (c * height + box.top() + y) * width + box.left();
        int target = (c * box.height() + y) * box.width();
        System.arraycopy(pixels, source, pixels, target, box.width()); // never moves backwards
      }
    }
    height = box.height();
    width = box.width();
  }

  /** Fills a part of the image with what becomes zero in the network's input. */
  void erase(Box box, ImageVisit visit) {
    for (int c = 0; c < channels; c++) {
      for (int y = box.top(); y < box.top() + box.height(); y++) {
        int row = (c * height + y) * width + box.left();
        Arrays.fill(pixels, row, row + box.width(), visit.neutral(c));
      }
    }
  }

  /** Mirrors the image, left to right. */
  void mirror() {
    int rows = channels * height;
    for (int row = 0; row < rows; row++) {
      for (int left = row * width, right = left + width - 1; left < right; left++, right--) {
        byte swapped = pixels[left];
        pixels[left] = pixels[right];
        pixels[right] = swapped;
      }
    }
  }
}
