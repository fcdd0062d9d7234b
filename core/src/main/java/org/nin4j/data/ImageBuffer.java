package org.nin4j.data;

import java.util.Arrays;

/**
 * A mutable image, which {@link Augmentation}s change in place and may replace with one of another
 * size. The buffer is reused for one image after another and grows only when an image is larger
 * than all previous ones. Belongs to one thread at a time.
 */
public final class ImageBuffer {
  private byte[] pixels = new byte[0];

  /** Receives the new image while an augmentation computes it from the current one. */
  private byte[] spare = new byte[0];

  private int channels;
  private int height;
  private int width;

  /**
   * Creates a buffer without an image; its channels, height and width are 0 until one is loaded.
   */
  public ImageBuffer() {}

  /**
   * Replaces the content of this buffer with a copy of an image.
   *
   * @param image the image to copy, of any size
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
   * {@return the pixels themselves, not a copy: unsigned bytes in the order (C, H, W), from the
   * array's start} The array may be longer than the image. It may be replaced with another array
   * when an image is loaded or an augmentation is applied.
   */
  public byte[] pixels() {
    return pixels;
  }

  /**
   * Returns an array for an image that is computed from the current one; {@link #replace} then
   * makes it the image.
   *
   * @param length smallest length of the array
   */
  byte[] spare(int length) {
    spare = spare.length < length ? new byte[length] : spare;
    return spare;
  }

  /** Makes the pixels in the array from {@link #spare} the image; its channels stay the same. */
  void replace(int newHeight, int newWidth) {
    byte[] swapped = pixels;
    pixels = spare;
    spare = swapped;
    height = newHeight;
    width = newWidth;
  }

  /** Crops the image to a part of it. */
  void crop(Box box) {
    for (int c = 0; c < channels; c++) {
      for (int y = 0; y < box.height(); y++) {
        int source = (c * height + box.top() + y) * width + box.left();
        int target = (c * box.height() + y) * box.width();
        System.arraycopy(pixels, source, pixels, target, box.width()); // target <= source
      }
    }
    height = box.height();
    width = box.width();
  }

  /** Fills a part of the image with the values closest to zero after normalisation. */
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
