package org.nin4j.data;

import java.util.ArrayList;
import java.util.List;

/**
 * How an image is converted to a network's input: a list of steps, applied in order. Model files
 * contain it, so that a prediction does exactly what training did. {@link ImagePreprocessor}
 * implements it.
 *
 * <p>The first step is {@link Resize} or {@link ResizeShorterSide}, because images may have any
 * size. {@link CenterCrop} may follow the one and has to follow the other. Then pixels are scaled
 * to [0, 1], and any number of {@link Normalize}, {@link SubtractMean} and {@link
 * GlobalContrastNormalization}, in any order, change the values.
 *
 * @param channels number of channels of the network's input: 1 (grey) or 3 (red, green, blue)
 * @param steps the steps in their order
 */
public record Preprocessing(int channels, List<PreprocessingStep> steps) {

  /**
   * Checks that the steps can follow each other.
   *
   * @param channels number of channels of the network's input: 1 (grey) or 3 (red, green, blue)
   * @param steps the steps in their order
   * @throws IllegalArgumentException if there are not 1 or 3 channels, or the steps cannot follow
   *     each other; the message names the step
   */
  public Preprocessing {
    steps = List.copyOf(steps);
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException("images have 1 or 3 channels, not " + channels);
    }
    StepOrder.require(channels, steps);
  }

  /**
   * Returns the preprocessing that only resizes images to the network's input, without
   * antialiasing, and scales them to [0, 1].
   *
   * @param channels number of channels of the network's input: 1 (grey) or 3 (red, green, blue)
   * @param height rows of the network's input, at least 1
   * @param width columns of the network's input, at least 1
   * @return a preprocessing without normalisation
   * @throws IllegalArgumentException if there are not 1 or 3 channels, or a size is below 1
   */
  public static Preprocessing unit(int channels, int height, int width) {
    return new Preprocessing(channels, List.of(new Resize(height, width, false)));
  }

  /** {@return the number of rows of the network's input} */
  public int height() {
    return crop() != null ? crop().height() : ((Resize) steps.get(0)).height();
  }

  /** {@return the number of columns of the network's input} */
  public int width() {
    return crop() != null ? crop().width() : ((Resize) steps.get(0)).width();
  }

  /**
   * Returns this preprocessing with another step at its end.
   *
   * @param step the step that comes last
   * @return the changed preprocessing
   * @throws IllegalArgumentException if the step cannot follow the others
   */
  public Preprocessing then(PreprocessingStep step) {
    List<PreprocessingStep> more = new ArrayList<>(steps);
    more.add(step);
    return new Preprocessing(channels, more);
  }

  /**
   * Returns this preprocessing with antialiased resizing.
   *
   * @return the changed preprocessing
   */
  public Preprocessing antialiased() {
    List<PreprocessingStep> changed = new ArrayList<>(steps);
    changed.set(
        0,
        steps.get(0) instanceof Resize resize
            ? new Resize(resize.height(), resize.width(), true)
            : new ResizeShorterSide(((ResizeShorterSide) steps.get(0)).length(), true));
    return new Preprocessing(channels, changed);
  }

  /**
   * Returns this preprocessing with images that keep their aspect ratio and are centre-cropped.
   *
   * @param length length of the image's shorter side before cropping, in pixels
   * @return the changed preprocessing
   * @throws IllegalArgumentException if the length is below the height or the width of the
   *     network's input
   */
  public Preprocessing centerCropped(int length) {
    return sized(
        List.of(new ResizeShorterSide(length, isAntialiased()), new CenterCrop(height(), width())));
  }

  /**
   * Returns this preprocessing without cropping: images are resized to the height and width of the
   * network's input, whatever their aspect ratio.
   *
   * @return the changed preprocessing
   */
  public Preprocessing stretched() {
    return sized(List.of(new Resize(height(), width(), isAntialiased())));
  }

  /** Returns the steps after resizing and cropping, which change values. */
  List<PreprocessingStep> valueSteps() {
    return steps.subList(crop() == null ? 1 : 2, steps.size());
  }

  /** Returns this preprocessing without the steps that change values. */
  Preprocessing withoutValueSteps() {
    return new Preprocessing(channels, steps.subList(0, steps.size() - valueSteps().size()));
  }

  boolean isAntialiased() {
    return steps.get(0) instanceof Resize resize
        ? resize.antialias()
        : ((ResizeShorterSide) steps.get(0)).antialias();
  }

  /** Returns this preprocessing with other steps that resize and crop. */
  private Preprocessing sized(List<PreprocessingStep> sizing) {
    List<PreprocessingStep> changed = new ArrayList<>(sizing);
    changed.addAll(valueSteps());
    return new Preprocessing(channels, changed);
  }

  /** Returns the step that crops the image; null if there is none. */
  private CenterCrop crop() {
    return steps.size() > 1 && steps.get(1) instanceof CenterCrop crop ? crop : null;
  }

  /**
   * Returns this preprocessing for a network with an input of another size. The size before
   * cropping is scaled with the longer side of the input, and a mean image is resized to the input.
   *
   * @param newHeight rows of the network's input, at least 1
   * @param newWidth columns of the network's input, at least 1
   * @return the changed preprocessing
   * @throws IllegalArgumentException if the height or the width is below 1
   */
  public Preprocessing withSize(int newHeight, int newWidth) {
    List<PreprocessingStep> changed = new ArrayList<>(resizingTo(newHeight, newWidth));
    for (PreprocessingStep step : valueSteps()) {
      changed.add(step instanceof SubtractMean mean ? mean.resized(newHeight, newWidth) : step);
    }
    return new Preprocessing(channels, changed);
  }

  private List<PreprocessingStep> resizingTo(int newHeight, int newWidth) {
    if (crop() == null) {
      return List.of(new Resize(newHeight, newWidth, isAntialiased()));
    }
    int longer = Math.max(newHeight, newWidth);
    double scale = (double) longer / Math.max(height(), width());
    PreprocessingStep larger =
        steps.get(0) instanceof Resize resize
            ? new Resize(
                scaled(resize.height(), scale, newHeight),
                scaled(resize.width(), scale, newWidth),
                resize.antialias())
            : new ResizeShorterSide(
                scaled(((ResizeShorterSide) steps.get(0)).length(), scale, longer),
                isAntialiased());
    return List.of(larger, new CenterCrop(newHeight, newWidth));
  }

  private static int scaled(int extent, double scale, int atLeast) {
    return Math.max(atLeast, (int) Math.round(extent * scale));
  }
}
