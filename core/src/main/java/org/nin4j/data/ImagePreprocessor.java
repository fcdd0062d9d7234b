package org.nin4j.data;

/**
 * Makes images of any size into the input of a network, as a {@link Preprocessing} says: resizes
 * them bilinearly, scales them to [0, 1] and normalises them. A grey image for a network of three
 * channels is given to each of them; a coloured one for a network of one channel becomes grey, by
 * the weights 0.299, 0.587, 0.114 of red, green and blue.
 *
 * <p>Nothing is allocated while images have the sizes of the last few. Keeps scratch memory, so it
 * belongs to one thread at a time.
 */
public final class ImagePreprocessor {
  private final Preprocessing preprocessing;
  private final RecentAxes verticals;
  private final RecentAxes horizontals;

  /** For each channel, what each of the 256 pixel values is after scaling and normalising. */
  private final float[][] levels;

  /** One row of the source, as the network will see its values, with its last pixel twice. */
  private float[] line = new float[0];

  /** The source rows above and below a row of the output, stretched to the output's width. */
  private float[] upper;

  private float[] lower;

  /** A row of the output: to compute it here and copy it is faster than to compute it in place. */
  private final float[] row;

  /** The source in grey, if it has to be made so. */
  private byte[] grey = new byte[0];

  /**
   * Creates a preprocessor.
   *
   * @param preprocessing the size, channels and normalisation of the network's input
   */
  public ImagePreprocessor(Preprocessing preprocessing) {
    this.preprocessing = preprocessing;
    verticals = new RecentAxes(preprocessing.height());
    horizontals = new RecentAxes(preprocessing.width());
    levels = levels(preprocessing);
    upper = new float[preprocessing.width()];
    lower = new float[preprocessing.width()];
    row = new float[preprocessing.width()];
  }

  /**
   * {@return how many floats an image becomes: channels x height x width of the network's input}
   */
  public int length() {
    return preprocessing.channels() * preprocessing.height() * preprocessing.width();
  }

  /**
   * Preprocesses an image.
   *
   * @param image an image of any size
   * @param target receives {@link #length()} floats, the network's input in the order (C, H, W)
   * @param offset where in the target they begin
   * @throws IndexOutOfBoundsException if the target ends before them
   */
  public void apply(DecodedImage image, float[] target, int offset) {
    apply(image.pixels(), image.channels(), image.height(), image.width(), target, offset);
  }

  /**
   * Preprocesses an image.
   *
   * @param pixels unsigned bytes in the order (C, H, W), from the array's start
   * @param channels channels of the image: 1 (grey) or 3 (red, green, blue)
   * @param height rows of the image, at least 1
   * @param width columns of the image, at least 1
   * @param target receives {@link #length()} floats, the network's input in the order (C, H, W)
   * @param offset where in the target they begin
   * @throws IllegalArgumentException if there is no image of such channels, height and width, or
   *     there are fewer pixels than that
   * @throws IndexOutOfBoundsException if the target ends before the image does
   */
  public void apply(
      byte[] pixels, int channels, int height, int width, float[] target, int offset) {
    DecodedImage.requireImage(pixels.length, channels, height, width);
    int area = height * width;
    byte[] source = pixels;
    int planes = channels;
    if (channels == 3 && preprocessing.channels() == 1) {
      grey = grey.length < area ? new byte[area] : grey;
      Luma.of(pixels, grey, area);
      source = grey;
      planes = 1;
    }
    line = line.length <= width ? new float[width + 1] : line;
    ResizeAxis vertical = verticals.from(height);
    ResizeAxis horizontal = horizontals.from(width);
    int newArea = preprocessing.height() * preprocessing.width();
    for (int c = 0; c < preprocessing.channels(); c++) {
      int plane = planes == 1 ? 0 : c * area;
      resize(source, plane, levels[c], vertical, horizontal, target, offset + c * newArea);
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

  /** From top to bottom, so that a source row that was the lower one is next the upper one. */
  private void resize(
      byte[] source,
      int plane,
      float[] level,
      ResizeAxis vertical,
      ResizeAxis horizontal,
      float[] target,
      int offset) {
    int columns = preprocessing.width();
    int upperRow = -1;
    int lowerRow = -1;
    for (int y = 0; y < preprocessing.height(); y++) {
      int low = vertical.low[y];
      int high = vertical.high[y];
      if (low != upperRow) {
        if (low == lowerRow) {
          float[] swapped = upper;
          upper = lower;
          lower = swapped;
          lowerRow = -1;
        } else {
          stretch(source, plane, low, level, horizontal, upper);
        }
        upperRow = low;
      }
      if (high != low && high != lowerRow) {
        stretch(source, plane, high, level, horizontal, lower);
        lowerRow = high;
      }
      blend(upper, high == low ? upper : lower, vertical.highWeight[y], row);
      System.arraycopy(row, 0, target, offset + y * columns, columns);
    }
  }

  /** Reads a row of the source and stretches it to the width of the output. */
  private void stretch(
      byte[] source, int plane, int y, float[] level, ResizeAxis axis, float[] target) {
    int width = axis.in;
    int start = plane + y * width;
    for (int x = 0; x < width; x++) {
      line[x] = level[source[start + x] & 0xFF];
    }
    line[width] = line[width - 1];
    interpolate(line, axis.low, axis.highWeight, target);
  }

  private static void interpolate(float[] line, int[] low, float[] highWeight, float[] target) {
    for (int x = 0; x < target.length; x++) {
      float weight = highWeight[x];
      int left = low[x];
      target[x] = (1 - weight) * line[left] + weight * line[left + 1];
    }
  }

  private static void blend(float[] low, float[] high, float highWeight, float[] target) {
    float lowWeight = 1 - highWeight;
    for (int x = 0; x < target.length; x++) {
      target[x] = lowWeight * low[x] + highWeight * high[x];
    }
  }
}
