package org.nin4j.explain;

import java.util.List;
import java.util.SplittableRandom;
import org.nin4j.data.DecodedImage;
import org.nin4j.data.ImageDataset;

/**
 * Images of a data set at random places on a larger black canvas with light noise. The place is a
 * function of the index.
 *
 * @param source grey images
 * @param size number of images, the first of the source
 * @param side height and width of the canvas in pixels
 * @param reduction side of the squares of pixels whose mean becomes one pixel on the canvas
 */
record CanvasDigits(ImageDataset source, int size, int side, int reduction)
    implements ImageDataset {
  /** Noise takes the values below this. */
  private static final int NOISE = 16;

  private static final int MARGIN = 2;

  /** The mean of the noise. */
  static final byte BACKGROUND = NOISE / 2;

  /**
   * The smallest rectangle around an object.
   *
   * @param bottom behind the last row
   * @param right behind the last column
   */
  record Box(int top, int left, int bottom, int right) {
    boolean contains(int y, int x) {
      return y >= top && y < bottom && x >= left && x < right;
    }
  }

  @Override
  public String name() {
    return source.name() + " on a canvas";
  }

  @Override
  public int channels() {
    return 1;
  }

  @Override
  public List<String> classes() {
    return source.classes();
  }

  @Override
  public int label(int index) {
    return source.label(index);
  }

  @Override
  public DecodedImage image(int index) {
    SplittableRandom random = new SplittableRandom(index);
    DecodedImage digit = reduced(source.image(index));
    int top = random.nextInt(side - digit.height() + 1);
    int left = random.nextInt(side - digit.width() + 1);
    byte[] pixels = new byte[side * side];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) random.nextInt(NOISE);
    }
    for (int y = 0; y < digit.height(); y++) {
      for (int x = 0; x < digit.width(); x++) {
        int target = (top + y) * side + left + x;
        int value = digit.pixels()[y * digit.width() + x] & 0xFF;
        pixels[target] = (byte) Math.max(pixels[target] & 0xFF, value);
      }
    }
    return new DecodedImage(1, side, side, pixels);
  }

  private DecodedImage reduced(DecodedImage image) {
    int height = image.height() / reduction;
    int width = image.width() / reduction;
    byte[] pixels = new byte[height * width];
    for (int i = 0; i < pixels.length; i++) {
      int sum = 0;
      for (int p = 0; p < reduction * reduction; p++) {
        int y = i / width * reduction + p / reduction;
        int x = i % width * reduction + p % reduction;
        sum += image.pixels()[y * image.width() + x] & 0xFF;
      }
      pixels[i] = (byte) (sum / (reduction * reduction));
    }
    return new DecodedImage(1, height, width, pixels);
  }

  /**
   * Returns where the object is: the rectangle around the pixels that are brighter than noise, with
   * a margin of two pixels, which is half a cell of a map after two pools.
   */
  Box box(int index) {
    byte[] pixels = image(index).pixels();
    int top = side;
    int left = side;
    int bottom = 0;
    int right = 0;
    for (int i = 0; i < pixels.length; i++) {
      if ((pixels[i] & 0xFF) >= NOISE) {
        top = Math.min(top, i / side);
        bottom = Math.max(bottom, i / side + 1);
        left = Math.min(left, i % side);
        right = Math.max(right, i % side + 1);
      }
    }
    return new Box(top - MARGIN, left - MARGIN, bottom + MARGIN, right + MARGIN);
  }
}
