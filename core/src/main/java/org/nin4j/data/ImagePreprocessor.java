package org.nin4j.data;

import java.util.List;

/**
 * Converts images of any size to the input of a network as a {@link Preprocessing} describes. A
 * grey image is copied to all channels of a network with three; a colour image is converted to grey
 * for a network with one, with the weights 0.299, 0.587, 0.114 of red, green and blue.
 *
 * <p>Allocates nothing for images of recently used sizes. Keeps scratch memory, so it belongs to
 * one thread at a time.
 */
public final class ImagePreprocessor {
  private final int channels;
  private final int area;
  private final Framing framing;
  private final Resizer bilinear;

  /** Null without antialiasing. */
  private final Resizer antialias;

  /**
   * (C, 256): each pixel value after scaling and, if it comes first, {@link Normalize}, which may
   * precede resizing because the weights of resizing sum to 1.
   */
  private final float[][] levels;

  /** The other steps that change values. */
  private final List<PreprocessingStep> valueSteps;

  /** (H, W): the source converted to grey, if necessary. */
  private byte[] grey = new byte[0];

  /**
   * Creates a preprocessor.
   *
   * @param preprocessing the channels and the steps
   */
  public ImagePreprocessor(Preprocessing preprocessing) {
    channels = preprocessing.channels();
    framing = new Framing(preprocessing);
    int height = preprocessing.height();
    int width = preprocessing.width();
    bilinear = new BilinearResizer(height, width);
    area = height * width;
    antialias = preprocessing.isAntialiased() ? new AntialiasResizer(height, width) : null;
    List<PreprocessingStep> steps = preprocessing.valueSteps();
    boolean normalized = !steps.isEmpty() && steps.get(0) instanceof Normalize;
    levels = levels(channels, normalized ? (Normalize) steps.get(0) : null);
    valueSteps = steps.subList(normalized ? 1 : 0, steps.size());
  }

  /**
   * {@return how many floats an image becomes: channels x height x width of the network's input}
   */
  public int length() {
    return channels * area;
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
   * @param planes channels of the image: 1 (grey) or 3 (red, green, blue)
   * @param height rows of the image, at least 1
   * @param width columns of the image, at least 1
   * @param target receives {@link #length()} floats, the network's input in the order (C, H, W)
   * @param offset where in the target they begin
   * @throws IllegalArgumentException if there is no image of such channels, height and width, or
   *     there are fewer pixels than that
   * @throws IndexOutOfBoundsException if the target ends before the image does
   */
  public void apply(byte[] pixels, int planes, int height, int width, float[] target, int offset) {
    DecodedImage.requireImage(pixels.length, planes, height, width);
    int sourceArea = height * width;
    byte[] source = pixels;
    if (planes == 3 && channels == 1) {
      grey = grey.length < sourceArea ? new byte[sourceArea] : grey;
      Luma.of(pixels, grey, sourceArea);
      source = grey;
    }
    framing.fit(height, width);
    // Both give the same result if nothing is reduced, but the bilinear one is faster.
    Resizer resizer = antialias != null && framing.shrinks() ? antialias : bilinear;
    resizer.frame(framing);
    for (int c = 0; c < channels; c++) {
      int plane = planes == 1 ? 0 : c * sourceArea;
      if (framing.isIdentity()) {
        lookUp(source, plane, levels[c], target, offset + c * area, area);
      } else {
        resizer.resize(source, plane, levels[c], target, offset + c * area);
      }
    }
    for (int i = 0; i < valueSteps.size(); i++) {
      change(valueSteps.get(i), target, offset);
    }
  }

  private void change(PreprocessingStep step, float[] target, int offset) {
    if (step instanceof Normalize normalize) {
      normalize.apply(target, offset, area);
    } else if (step instanceof GlobalContrastNormalization contrast) {
      contrast.apply(target, offset, channels * area);
    } else if (step instanceof SubtractMean mean) {
      mean.apply(target, offset);
    } else {
      throw new AssertionError(step);
    }
  }

  /** Scales and normalises an image that needs no resizing. */
  private static void lookUp(
      byte[] source, int plane, float[] level, float[] target, int offset, int area) {
    for (int i = 0; i < area; i++) {
      target[offset + i] = level[source[plane + i] & 0xFF];
    }
  }

  /**
   * @param normalize null for scaling only
   */
  private static float[][] levels(int channels, Normalize normalize) {
    float[][] levels = new float[channels][256];
    for (int c = 0; c < channels; c++) {
      for (int value = 0; value < 256; value++) {
        float scaled = value / 255f;
        levels[c][value] = normalize == null ? scaled : normalize.apply(scaled, c);
      }
    }
    return levels;
  }
}
