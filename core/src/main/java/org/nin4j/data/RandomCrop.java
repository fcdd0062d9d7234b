package org.nin4j.data;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Pads an image on all four sides and crops it to a given size at a random position, as
 * torchvision's {@code RandomCrop} does. All positions are equally likely. Without a size, the
 * image is cropped to its own size before padding, which shifts it by up to the padding in each
 * direction. Draws two random numbers: the vertical, then the horizontal position, each counted
 * from the last one.
 *
 * @param size the size of the cropped image; empty for the size of the original image
 * @param padding number of pixels added on each side, at least 0, and at least 1 without a size; in
 *     each image it is limited to its height - 1 or width - 1, so that a crop never consists of
 *     padding alone if it is as large as the image
 * @param mode how padding is filled
 */
public record RandomCrop(Optional<ImageSize> size, int padding, PaddingMode mode)
    implements Augmentation {
  /** How the padding of an image is filled. */
  public enum PaddingMode {
    /** The padding is black. */
    CONSTANT,
    /** The image is mirrored at its outermost pixels, which are not repeated. */
    REFLECT;

    /** {@return torchvision's name of the mode, such as {@code reflect}} */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Checks the padding.
   *
   * @param size the size of the cropped image; empty for the size of the original image
   * @param padding number of pixels added on each side, at least 0, and at least 1 without a size
   * @param mode how padding is filled
   * @throws IllegalArgumentException if the padding is negative, or 0 without a size
   */
  public RandomCrop {
    if (padding < 0 || (padding == 0 && size.isEmpty())) {
      throw new IllegalArgumentException(
          "the padding of RandomCrop must be at least "
              + (size.isEmpty() ? "1 without a size" : "0")
              + ", but is "
              + padding);
    }
  }

  /**
   * Creates a crop to the image's own size.
   *
   * @param padding number of pixels added on each side, at least 1
   * @param mode how padding is filled
   * @throws IllegalArgumentException if the padding is below 1
   */
  public RandomCrop(int padding, PaddingMode mode) {
    this(Optional.empty(), padding, mode);
  }

  /**
   * Creates a crop to the image's own size with black padding.
   *
   * @param padding number of pixels added on each side, at least 1
   * @throws IllegalArgumentException if the padding is below 1
   */
  public RandomCrop(int padding) {
    this(padding, PaddingMode.CONSTANT);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the padded image is smaller than the size to crop to
   */
  @Override
  public void apply(ImageBuffer image, ImageVisit visit) {
    int height = size.isPresent() ? size.get().height() : image.height();
    int width = size.isPresent() ? size.get().width() : image.width();
    int top = position(image, image.height(), height, visit);
    int left = position(image, image.width(), width, visit);
    byte[] target = image.spare(image.channels() * height * width);
    for (int row = 0; row < image.channels() * height; row++) {
      int y = inside(row % height + top, image.height());
      if (y < 0) {
        Arrays.fill(target, row * width, (row + 1) * width, (byte) 0);
      } else {
        int source = (row / height * image.height() + y) * image.width();
        copyRow(image, source, left, target, row * width, width);
      }
    }
    image.replace(height, width);
  }

  /** Draws the first row or column of the crop; negative within the padding. */
  private int position(ImageBuffer image, int extent, int part, ImageVisit visit) {
    int added = Math.min(padding, extent - 1);
    int positions = extent + 2 * added - part + 1;
    if (positions < 1) {
      throw new IllegalArgumentException(
          String.format(
              "RandomCrop cannot cut %s out of an image of %dx%d padded by %d;"
                  + " make the size smaller or the padding larger",
              size.orElseThrow(), image.height(), image.width(), padding));
    }
    return positions - 1 - visit.random().nextInt(positions) - added;
  }

  private void copyRow(
      ImageBuffer image, int source, int left, byte[] target, int offset, int width) {
    byte[] pixels = image.pixels();
    int begin = Math.min(width, Math.max(0, -left));
    int end = Math.max(begin, Math.min(width, image.width() - left));
    if (end > begin) {
      System.arraycopy(pixels, source + left + begin, target, offset + begin, end - begin);
    }
    for (int x = 0; x < begin; x++) {
      int from = inside(x + left, image.width());
      target[offset + x] = from < 0 ? 0 : pixels[source + from];
    }
    for (int x = end; x < width; x++) {
      int from = inside(x + left, image.width());
      target[offset + x] = from < 0 ? 0 : pixels[source + from];
    }
  }

  /** Maps a row or column, which may be in the padding, to one of the image; -1 for black. */
  private int inside(int index, int extent) {
    if (index >= 0 && index < extent) {
      return index;
    }
    if (mode == PaddingMode.CONSTANT) {
      return -1;
    }
    return index < 0 ? -index : 2 * (extent - 1) - index;
  }
}
