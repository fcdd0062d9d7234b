package org.nin4j.data;

import java.util.List;
import org.nin4j.internal.SplitMix64;

/**
 * Converts images of a data set to the input of a network: augments, preprocesses and mixes them.
 * Belongs to one thread at a time.
 */
final class ImagePreparer {
  /** Seeds the random numbers for mixing, so that they differ from all others. */
  private static final long MIXING = 1;

  private final ImageDataset dataset;
  private final List<Augmentation> augmentations;
  private final ImagePreprocessor preprocessor;
  private final ImageVisit visit;
  private final ImageBuffer buffer = new ImageBuffer();
  private final long seed;
  private final SplitMix64 random = new SplitMix64();
  private final Preprocessing preprocessing;

  /** Null for no mixing. */
  private final Mixing mixing;

  /** (C, H, W): the image that is mixed into another. */
  private final float[] other;

  ImagePreparer(DataLoaderBuilder builder) {
    this(builder, true);
  }

  /**
   * @param normalizes false to leave pixel values from 0 to 1
   */
  ImagePreparer(DataLoaderBuilder builder, boolean normalizes) {
    dataset = builder.dataset;
    augmentations = builder.augmentations;
    seed = builder.seed;
    mixing = builder.mixing;
    // A randomly cropped image is not also centre-cropped.
    boolean cropped = augmentations.stream().anyMatch(RandomResizedCrop.class::isInstance);
    preprocessing = cropped ? builder.preprocessing.stretched() : builder.preprocessing;
    preprocessor =
        new ImagePreprocessor(normalizes ? preprocessing : preprocessing.withoutValueSteps());
    visit = new ImageVisit(seed, preprocessing);
    other = new float[mixing == null ? 0 : preprocessor.length()];
  }

  /**
   * Prepares the i-th image of a batch with its labels.
   *
   * @param order the images of the epoch
   * @param position position of the image in the epoch
   */
  void prepare(EpochOrder order, int position, int epoch, Batch batch, int i) {
    int index = order.index(position);
    int repeat = order.repeat(position);
    int offset = i * preprocessor.length();
    int label = dataset.label(index);
    batch.indices()[i] = index;
    batch.repeats()[i] = repeat;
    batch.labels()[i] = label;
    prepare(index, epoch, repeat, batch.images(), offset);
    if (mixing == null) {
      batch.secondLabels()[i] = label;
      batch.ratios()[i] = 1;
      return;
    }
    int drawn = draw(index, epoch, repeat);
    int partner = order.partner(drawn);
    prepare(partner, epoch, order.repeat(drawn), other, 0);
    batch.secondLabels()[i] = dataset.label(partner);
    batch.ratios()[i] = mixing.apply(preprocessing, batch.images(), offset, other, random);
  }

  /** Begins the random numbers of mixing with the one that decides the partner of an image. */
  private int draw(int index, int epoch, int repeat) {
    random.seed(seed, ImageVisit.occasion(epoch, repeat), index + 1L, MIXING);
    return random.below(dataset.size());
  }

  /**
   * Returns the index in the data set of the image that is mixed into another; that of the image
   * itself if none is.
   *
   * @param position position in the epoch of the image that it is mixed into
   */
  int partner(EpochOrder order, int position, int epoch) {
    int index = order.index(position);
    return mixing == null ? index : order.partner(draw(index, epoch, order.repeat(position)));
  }

  /** Returns how many floats an image becomes. */
  int length() {
    return preprocessor.length();
  }

  /**
   * Prepares an image without mixing: the same floats for the same seed, epoch, index and repeat.
   *
   * @param repeat how often the image has come before in the epoch
   */
  void prepare(int index, int epoch, int repeat, float[] target, int offset) {
    DecodedImage image = dataset.image(index);
    if (augmentations.isEmpty()) {
      preprocessor.apply(image, target, offset);
      return;
    }
    buffer.load(image);
    visit.begin(epoch, index, repeat);
    for (Augmentation augmentation : augmentations) {
      augmentation.apply(buffer, visit);
    }
    preprocessor.apply(
        buffer.pixels(), buffer.channels(), buffer.height(), buffer.width(), target, offset);
  }
}
