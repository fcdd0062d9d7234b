package org.nin4j.interchange.caffe;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.nin4j.data.CenterCrop;
import org.nin4j.data.Normalize;
import org.nin4j.data.Preprocessing;
import org.nin4j.data.PreprocessingStep;
import org.nin4j.data.Resize;
import org.nin4j.nn.Shape;

/**
 * What Caffe does to images before they enter a network, for pixels from 0 to 1 with red first: (x
 * - mean) scale for x from 0 to 255 is (x / 255 - mean / 255) / (1 / (255 scale)).
 *
 * @param transform what the data layer says
 * @param mean its mean image, empty if it has none or none was found
 * @param input (1, C, H, W)
 */
record CaffePreprocessing(
    Transform transform, Optional<MeanImage> mean, Shape input, ChannelOrder order) {
  private static final double WHITE = 255;

  /**
   * Returns what the files leave open, and how it can be said; empty if they say all.
   *
   * @throws IllegalArgumentException when they contradict each other
   */
  Optional<String> gap() {
    if (transform.meanFile().isPresent() && mean.isEmpty()) {
      return Optional.of(
          "subtracts the mean image "
              + transform.quotedMeanFile()
              + ", which is not beside the file; put it there, or say with --mean and --std what"
              + " comes close");
    }
    if (mean.isPresent() || sizeBeforeCrop().isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        "crops images to "
            + transform.crop()
            + "x"
            + transform.crop()
            + ", but does not say from which size; say it with --crop (256 in Caffe's examples), "
            + "--mean "
            + text(means())
            + " and --std "
            + text(deviations()));
  }

  /**
   * Returns the preprocessing; there must be no {@link #gap}.
   *
   * @throws IllegalArgumentException when its parts do not fit each other
   */
  Preprocessing preprocessing() {
    List<PreprocessingStep> steps = new ArrayList<>();
    if (mean.isPresent()) {
      requireFits(mean.get());
      resize(steps, mean.get().height(), mean.get().width());
      steps.add(mean.get().centre(input.height(), input.width(), order));
    } else {
      Resize size = sizeBeforeCrop().orElseThrow();
      resize(steps, size.height(), size.width());
    }
    steps.add(new Normalize(means(), deviations()));
    return new Preprocessing(input.channels(), steps);
  }

  private void requireFits(MeanImage image) {
    boolean larger = image.height() > input.height() || image.width() > input.width();
    if (image.channels() != input.channels()
        || image.height() < input.height()
        || image.width() < input.width()
        || (larger && transform.crop() == 0)) {
      throw transform
          .layer()
          .defect(
              "has the mean image "
                  + image.file().getFileName()
                  + " of "
                  + image.channels()
                  + "x"
                  + image.height()
                  + "x"
                  + image.width()
                  + ", which does not fit the input of "
                  + input.channels()
                  + "x"
                  + input.height()
                  + "x"
                  + input.width()
                  + (larger && transform.crop() == 0 ? " without a crop_size" : "")
                  + "; take the one of the same training");
    }
  }

  /** The size to which images are resized, where it is said without a mean image. */
  private Optional<Resize> sizeBeforeCrop() {
    if (transform.height() >= input.height() && transform.width() >= input.width()) {
      return Optional.of(resize(transform.height(), transform.width()));
    }
    return transform.crop() == 0
        ? Optional.of(resize(input.height(), input.width()))
        : Optional.empty();
  }

  private void resize(List<PreprocessingStep> steps, int height, int width) {
    steps.add(resize(height, width));
    if (height != input.height() || width != input.width()) {
      steps.add(new CenterCrop(input.height(), input.width()));
    }
  }

  /** Caffe resizes by OpenCV, bilinearly and without antialiasing. */
  private static Resize resize(int height, int width) {
    return new Resize(height, width, false);
  }

  /** The means of the channels; zeros beside a mean image. */
  private List<Float> means() {
    int channels = input.channels();
    List<Float> said = transform.means();
    if (said.size() > 1 && said.size() != channels) {
      throw transform
          .layer()
          .defect("has " + said.size() + " mean_values, but images have " + channels + " channels");
    }
    List<Float> means = new ArrayList<>();
    for (int c = 0; c < channels; c++) {
      int stored = said.size() > 1 ? order.stored(c, channels) : 0;
      means.add(said.isEmpty() ? 0 : (float) (said.get(stored) / WHITE));
    }
    return means;
  }

  private List<Float> deviations() {
    return Collections.nCopies(input.channels(), (float) (1 / (WHITE * transform.scale())));
  }

  private static String text(List<Float> values) {
    return values.stream()
        .map(value -> String.format(Locale.ROOT, "%.6g", value))
        .collect(Collectors.joining(","));
  }
}
