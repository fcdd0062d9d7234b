package org.nin4j.data;

/** The images to train on and those to judge by, of the same form and classes. */
public record DatasetSplits(ImageDataset train, ImageDataset test) {
  public DatasetSplits {
    if (!train.classes().equals(test.classes())
        || train.channels() != test.channels()
        || train.height() != test.height()
        || train.width() != test.width()) {
      throw new IllegalArgumentException(
          train.name() + " and " + test.name() + " differ in image size, channels or classes");
    }
  }
}
