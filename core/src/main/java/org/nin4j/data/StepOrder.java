package org.nin4j.data;

import java.util.List;

/** Checks that the steps of a preprocessing can follow each other. */
final class StepOrder {
  private StepOrder() {}

  /**
   * @throws IllegalArgumentException if a step cannot stand where it does; the message names it
   */
  static void require(int channels, List<PreprocessingStep> steps) {
    requireResizing(steps);
    for (int i = 1; i < steps.size(); i++) {
      PreprocessingStep step = steps.get(i);
      PreprocessingStep before = steps.get(i - 1);
      if (resizes(step)) {
        throw new IllegalArgumentException(
            String.format(
                "%s must be the first step, but comes after %s", name(step), name(before)));
      }
      if (step instanceof CenterCrop crop) {
        requireFits(crop, before);
      }
      if (step instanceof Normalize normalize && normalize.mean().size() != channels) {
        throw new IllegalArgumentException(
            String.format(
                "Normalize needs one mean and one std for each channel, %d in all, but has %d",
                channels, normalize.mean().size()));
      }
    }
    if (steps.get(0) instanceof ResizeShorterSide
        && !(steps.size() > 1 && steps.get(1) instanceof CenterCrop)) {
      throw new IllegalArgumentException(
          "ResizeShorterSide must be followed by CenterCrop, because it leaves images of different"
              + " sizes");
    }
    CenterCrop crop = steps.size() > 1 && steps.get(1) instanceof CenterCrop found ? found : null;
    for (PreprocessingStep step : steps) {
      if (step instanceof SubtractMean mean) {
        requireFits(mean, channels, steps.get(0), crop);
      }
    }
  }

  private static void requireResizing(List<PreprocessingStep> steps) {
    if (steps.isEmpty() || !resizes(steps.get(0))) {
      throw new IllegalArgumentException(
          "preprocessing must begin with Resize or ResizeShorterSide, because images may have any"
              + " size, but "
              + (steps.isEmpty() ? "has no steps" : "begins with " + name(steps.get(0))));
    }
  }

  /**
   * @param crop null if images are not cropped, but resized by {@code resizing}, a Resize
   */
  private static void requireFits(
      SubtractMean mean, int channels, PreprocessingStep resizing, CenterCrop crop) {
    int height = crop == null ? ((Resize) resizing).height() : crop.height();
    int width = crop == null ? ((Resize) resizing).width() : crop.width();
    if (mean.channels() != channels || mean.height() != height || mean.width() != width) {
      throw new IllegalArgumentException(
          String.format(
              "SubtractMean must have the size of the network's input, %dx%dx%d, but is %dx%dx%d",
              channels, height, width, mean.channels(), mean.height(), mean.width()));
    }
  }

  private static void requireFits(CenterCrop crop, PreprocessingStep before) {
    String size = crop.height() + "x" + crop.width();
    if (!resizes(before)) {
      throw new IllegalArgumentException(
          "CenterCrop must come directly after Resize or ResizeShorterSide, but comes after "
              + name(before));
    }
    if (before instanceof ResizeShorterSide resize
        && resize.length() < Math.max(crop.height(), crop.width())) {
      throw new IllegalArgumentException(
          String.format(
              "the centre crop of %s is larger than the shorter side of the resized image, %d",
              size, resize.length()));
    }
    if (before instanceof Resize resize
        && (resize.height() < crop.height() || resize.width() < crop.width())) {
      throw new IllegalArgumentException(
          String.format(
              "the centre crop of %s is larger than the resized image, %dx%d",
              size, resize.height(), resize.width()));
    }
  }

  private static boolean resizes(PreprocessingStep step) {
    return step instanceof Resize || step instanceof ResizeShorterSide;
  }

  private static String name(PreprocessingStep step) {
    return step.getClass().getSimpleName();
  }
}
