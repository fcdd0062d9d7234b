package org.nin4j.data;

/**
 * How an image is fitted to a network's input: the size that it is resized to, and the part of that
 * which becomes the input. Without a shorter side the two are the same; otherwise the part is the
 * centre, as of torchvision's {@code Resize} and {@code CenterCrop}. Reused from image to image.
 */
final class Framing {
  private final Preprocessing preprocessing;

  /** The size of the image. */
  int height;

  int width;

  /** The size that it is resized to. */
  long resizedHeight;

  long resizedWidth;

  /** The first row and column of the network's input in that. */
  long top;

  long left;

  Framing(Preprocessing preprocessing) {
    this.preprocessing = preprocessing;
  }

  void fit(int newHeight, int newWidth) {
    height = newHeight;
    width = newWidth;
    resizedHeight = preprocessing.height();
    resizedWidth = preprocessing.width();
    if (preprocessing.shorterSide().isPresent()) {
      long shorter = preprocessing.shorterSide().getAsInt();
      resizedHeight = height <= width ? shorter : shorter * height / width;
      resizedWidth = width <= height ? shorter : shorter * width / height;
    }
    top = (long) Math.rint((resizedHeight - preprocessing.height()) / 2.0);
    left = (long) Math.rint((resizedWidth - preprocessing.width()) / 2.0);
  }

  /** Whether the image becomes smaller along an axis. */
  boolean shrinks() {
    return resizedHeight < height || resizedWidth < width;
  }

  /** Whether the pixels of the image are those of the input. */
  boolean isIdentity() {
    return height == preprocessing.height()
        && width == preprocessing.width()
        && resizedHeight == height
        && resizedWidth == width;
  }
}
