package org.nin4j.cli;

import org.nin4j.data.DecodedImage;

/** Shows the brightness of an image's pixels. */
final class GreyImage {
  private final DecodedImage image;

  GreyImage(DecodedImage image) {
    this.image = image;
  }

  int height() {
    return image.height();
  }

  int width() {
    return image.width();
  }

  /** Returns the mean of the channels of a pixel, 0 to 255; 0 below the last row. */
  int at(int y, int x) {
    if (y >= image.height()) {
      return 0;
    }
    int sum = 0;
    for (int c = 0; c < image.channels(); c++) {
      sum += image.pixels()[(c * image.height() + y) * image.width() + x] & 0xFF;
    }
    return sum / image.channels();
  }
}
