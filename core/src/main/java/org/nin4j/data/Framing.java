package org.nin4j.data;

/**
 * The size to which an image is resized, and the part of the resized image that is the network's
 * input: all of it or, if the preprocessing has a shorter side, the centre, as by torchvision's
 * {@code Resize} and {@code CenterCrop}. Reused for one image after another.
 */
final class Framing {
  private final Preprocessing preprocessing;

  /** The size of the image. */
  int height;

  int width;

  /** The size to which it is resized. */
  long resizedHeight;

  long resizedWidth;

  /** The first row and column of the network's input in the resized image. */
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

  /** Returns whether the image becomes smaller along an axis. */
  boolean shrinks() {
    return resizedHeight < height || resizedWidth < width;
  }

  /** Returns whether the image has the size of the input and is neither resized nor cropped. */
  boolean isIdentity() {
    return height == preprocessing.height()
        && width == preprocessing.width()
        && resizedHeight == height
        && resizedWidth == width;
  }
}
