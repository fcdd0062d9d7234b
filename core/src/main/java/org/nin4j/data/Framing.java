package org.nin4j.data;

/**
 * The size to which an image is resized, and the part of the resized image that is the network's
 * input: all of it or, if the preprocessing has a {@link CenterCrop}, the centre. Reused for one
 * image after another.
 */
final class Framing {
  private final PreprocessingStep resizing;
  private final int inputHeight;
  private final int inputWidth;

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
    resizing = preprocessing.steps().get(0);
    inputHeight = preprocessing.height();
    inputWidth = preprocessing.width();
  }

  void fit(int newHeight, int newWidth) {
    height = newHeight;
    width = newWidth;
    if (resizing instanceof Resize resize) {
      resizedHeight = resize.height();
      resizedWidth = resize.width();
    } else {
      long shorter = ((ResizeShorterSide) resizing).length();
      resizedHeight = height <= width ? shorter : shorter * height / width;
      resizedWidth = width <= height ? shorter : shorter * width / height;
    }
    top = (long) Math.rint((resizedHeight - inputHeight) / 2.0);
    left = (long) Math.rint((resizedWidth - inputWidth) / 2.0);
  }

  /** Returns whether the image becomes smaller along an axis. */
  boolean shrinks() {
    return resizedHeight < height || resizedWidth < width;
  }

  /** Returns whether the image has the size of the input and is neither resized nor cropped. */
  boolean isIdentity() {
    return height == inputHeight
        && width == inputWidth
        && resizedHeight == height
        && resizedWidth == width;
  }
}
