package org.nin4j.data;

/**
 * Makes images of one size into the input of a network: mirrors and shifts them if asked, resizes,
 * scales and normalises. A grey image for a network of three channels is given to each; a coloured
 * one for a network of one channel becomes grey by {@link Luma}.
 *
 * <p>Everything that depends on sizes is computed once. Keeps scratch memory: one thread at a time.
 */
public final class ImageTransform {
  private final int sourceChannels;
  private final int height;
  private final int width;
  private final Preprocessing preprocessing;
  private final ResizeAxis vertical;
  private final ResizeAxis horizontal;

  /** For each channel, what each of the 256 pixel values is after scaling and normalising. */
  private final float[][] levels;

  /** One row of the source, as the network will see its values. */
  private final float[] line;

  /** Rows of the source stretched to the new width; null where the resizing needs none. */
  private final float[][] stretched;

  /** The source in grey, if it has to be made so. */
  private final byte[] grey;

  /**
   * @param channels of the source: 1 (grey) or 3 (red, green, blue)
   * @param height of the source
   * @param width of the source
   */
  public ImageTransform(int channels, int height, int width, Preprocessing preprocessing) {
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException("images have 1 or 3 channels, not " + channels);
    }
    this.sourceChannels = channels;
    this.height = height;
    this.width = width;
    this.preprocessing = preprocessing;
    vertical = new ResizeAxis(height, preprocessing.height());
    horizontal = new ResizeAxis(width, preprocessing.width());
    levels = levels(preprocessing);
    line = new float[width];
    stretched = new float[height][];
    for (int y = 0; y < preprocessing.height(); y++) {
      stretched[vertical.low[y]] = new float[preprocessing.width()];
      stretched[vertical.high[y]] = new float[preprocessing.width()];
    }
    grey = channels == 3 && preprocessing.channels() == 1 ? new byte[height * width] : null;
  }

  /** Whether it takes images of this size. */
  public boolean isOf(int channels, int rows, int columns) {
    return channels == sourceChannels && rows == height && columns == width;
  }

  /** How many floats an image becomes: channels x height x width of the network's input. */
  public int length() {
    return preprocessing.channels() * preprocessing.height() * preprocessing.width();
  }

  /** Transforms an image as it is. */
  public void apply(byte[] pixels, float[] target, int offset) {
    apply(pixels, false, 0, 0, target, offset);
  }

  /**
   * Transforms an image.
   *
   * @param pixels (C, H, W) unsigned bytes of the source
   * @param flip whether to mirror it, left to right, before anything else
   * @param shiftY by how many source pixels to move it down; black moves in
   * @param shiftX by how many source pixels to move it right
   * @param target receives (C, H, W) of the network's input
   * @param offset where in the target it begins
   */
  public void apply(
      byte[] pixels, boolean flip, int shiftY, int shiftX, float[] target, int offset) {
    byte[] source = pixels;
    int planes = sourceChannels;
    if (grey != null) {
      Luma.of(pixels, grey);
      source = grey;
      planes = 1;
    }
    int area = preprocessing.height() * preprocessing.width();
    for (int c = 0; c < preprocessing.channels(); c++) {
      int plane = planes == 1 ? 0 : c * height * width;
      for (int y = 0; y < height; y++) {
        if (stretched[y] != null) {
          readLine(source, plane, y - shiftY, flip, shiftX, levels[c]);
          stretch(line, horizontal, stretched[y]);
        }
      }
      blend(target, offset + c * area);
    }
  }

  /** Scaling and normalising first gives the same as last: the weights of resizing sum to 1. */
  private static float[][] levels(Preprocessing preprocessing) {
    float[][] levels = new float[preprocessing.channels()][256];
    for (int c = 0; c < levels.length; c++) {
      for (int value = 0; value < 256; value++) {
        levels[c][value] =
            (value / 255f - preprocessing.mean().get(c)) / preprocessing.std().get(c);
      }
    }
    return levels;
  }

  private void readLine(byte[] source, int plane, int y, boolean flip, int shiftX, float[] level) {
    boolean outside = y < 0 || y >= height;
    int row = plane + y * width;
    for (int x = 0; x < width; x++) {
      int from = x - shiftX;
      if (outside || from < 0 || from >= width) {
        line[x] = level[0];
      } else {
        line[x] = level[source[row + (flip ? width - 1 - from : from)] & 0xFF];
      }
    }
  }

  private static void stretch(float[] line, ResizeAxis axis, float[] target) {
    for (int x = 0; x < target.length; x++) {
      float share = axis.highShare[x];
      target[x] = (1 - share) * line[axis.low[x]] + share * line[axis.high[x]];
    }
  }

  private void blend(float[] target, int offset) {
    int columns = preprocessing.width();
    for (int y = 0; y < preprocessing.height(); y++) {
      float[] low = stretched[vertical.low[y]];
      float[] high = stretched[vertical.high[y]];
      float highShare = vertical.highShare[y];
      float lowShare = 1 - highShare;
      int at = offset + y * columns;
      for (int x = 0; x < columns; x++) {
        target[at + x] = lowShare * low[x] + highShare * high[x];
      }
    }
  }
}
