package org.nin4j.cli;

import org.nin4j.data.ImageDataset;

/** One image of a data set, to be looked at without colours. */
final class GreyImage {
  private final byte[] pixels;
  private final int channels;
  private final int area;
  private final int width;

  private GreyImage(byte[] pixels, int channels, int area, int width) {
    this.pixels = pixels;
    this.channels = channels;
    this.area = area;
    this.width = width;
  }

  static GreyImage of(ImageDataset dataset, int index) {
    int area = dataset.height() * dataset.width();
    byte[] pixels = new byte[dataset.channels() * area];
    dataset.pixels(index, pixels);
    return new GreyImage(pixels, dataset.channels(), area, dataset.width());
  }

  /** From 0 to 255, the mean of the channels. */
  int at(int y, int x) {
    int sum = 0;
    for (int c = 0; c < channels; c++) {
      sum += pixels[c * area + y * width + x] & 0xFF;
    }
    return sum / channels;
  }
}
