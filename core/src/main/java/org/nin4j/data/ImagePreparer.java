package org.nin4j.data;

import java.util.List;

/**
 * Makes images of a data set into the input of a network: augments and preprocesses them. Belongs
 * to one thread at a time.
 */
final class ImagePreparer {
  private final ImageDataset dataset;
  private final List<Augmentation> augmentations;
  private final ImagePreprocessor preprocessor;
  private final ImageVisit visit;
  private final ImageBuffer buffer = new ImageBuffer();

  ImagePreparer(
      ImageDataset dataset,
      Preprocessing preprocessing,
      List<Augmentation> augmentations,
      long seed) {
    this.dataset = dataset;
    this.augmentations = augmentations;
    // What is cut out at random is the network's input as it is.
    boolean cropped = augmentations.stream().anyMatch(RandomResizedCrop.class::isInstance);
    preprocessor = new ImagePreprocessor(cropped ? preprocessing.stretched() : preprocessing);
    visit = new ImageVisit(seed, preprocessing);
  }

  /** The same floats for the same seed, epoch and index. */
  void prepare(int index, int epoch, float[] target, int offset) {
    DecodedImage image = dataset.image(index);
    if (augmentations.isEmpty()) {
      preprocessor.apply(image, target, offset);
      return;
    }
    buffer.load(image);
    visit.begin(epoch, index);
    for (Augmentation augmentation : augmentations) {
      augmentation.apply(buffer, visit);
    }
    preprocessor.apply(
        buffer.pixels(), buffer.channels(), buffer.height(), buffer.width(), target, offset);
  }
}
