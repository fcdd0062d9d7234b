package org.nin4j.data;

/**
 * Converts images of any size to the input of a network as a {@link Preprocessing} describes:
 * resizes them bilinearly, crops them, scales them to [0, 1] and normalises them. A grey image is
 * copied to all channels of a network with three; a colour image is converted to grey for a network
 * with one, with the weights 0.299, 0.587, 0.114 of red, green and blue.
 *
 * <p>Allocates nothing for images of recently used sizes. Keeps scratch memory, so it belongs to
 * one thread at a time.
 */
public final class ImagePreprocessor {
  private final Preprocessing preprocessing;
  private final Framing framing;
  private final Resizer bilinear;

  /** Null without antialiasing. */
  private final Resizer antialias;

  /** (C, 256): each pixel value after scaling and normalisation. */
  private final float[][] levels;

  /** (H, W): the source converted to grey, if necessary. */
  private byte[] grey = new byte[0];

  /**
   * Creates a preprocessor.
   *
   * @param preprocessing the size, channels and normalisation of the network's input
   */
  public ImagePreprocessor(Preprocessing preprocessing) {
    this.preprocessing = preprocessing;
    framing = new Framing(preprocessing);
    int height = preprocessing.height();
    int width = preprocessing.width();
    bilinear = new BilinearResizer(height, width);
    antialias = preprocessing.antialias() ? new AntialiasResizer(height, width) : null;
    levels = levels(preprocessing);
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
    framing.fit(height, width);
    // Both give the same result if nothing is reduced, but the bilinear one is faster.
    Resizer resizer = antialias != null && framing.shrinks() ? antialias : bilinear;
    resizer.frame(framing);
    int newArea = preprocessing.height() * preprocessing.width();
    for (int c = 0; c < preprocessing.channels(); c++) {
      int plane = planes == 1 ? 0 : c * area;
      if (framing.isIdentity()) {
        lookUp(source, plane, levels[c], target, offset + c * newArea, newArea);
      } else {
        resizer.resize(source, plane, levels[c], target, offset + c * newArea);
      }
    }
  }

  /** Scales and normalises an image that needs no resizing. */
  private static void lookUp(
      byte[] source, int plane, float[] level, float[] target, int offset, int area) {
    for (int i = 0; i < area; i++) {
      target[offset + i] = level[source[plane + i] & 0xFF];
    }
  }

  /** Values may be scaled and normalised before resizing because its weights sum to 1. */
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
}
