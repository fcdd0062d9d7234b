package org.nin4j.data;

import java.util.List;
import java.util.Optional;

/**
 * The images of a data set as a network sees them in one epoch of a training, to look at: augmented
 * and resized, but not normalised, with values rounded to bytes. Each is computed when it is asked
 * for.
 */
public final class PreparedImages extends DelegatingDataset {
  private final Preprocessing preprocessing;
  private final int epoch;
  private final ImagePreparer preparer;
  private final float[] values;

  /**
   * Creates a view of a data set.
   *
   * @param dataset the images before
   * @param preprocessing how an image becomes the network's input
   * @param augmentations applied to each image in this order; may be empty
   * @param seed decides, with the epoch's number, what the augmentations do
   * @param epoch number of the epoch, from 0
   */
  public PreparedImages(
      ImageDataset dataset,
      Preprocessing preprocessing,
      List<Augmentation> augmentations,
      long seed,
      int epoch) {
    super(dataset);
    this.preprocessing = preprocessing;
    this.epoch = epoch;
    preparer =
        new ImagePreparer(
            DataLoader.builder(dataset, preprocessing, 1).augmentations(augmentations).seed(seed),
            false);
    values = new float[preparer.length()];
  }

  @Override
  public int channels() {
    return preprocessing.channels();
  }

  @Override
  public synchronized DecodedImage image(int index) {
    preparer.prepare(index, epoch, 0, values, 0);
    byte[] pixels = new byte[values.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) Math.round(255 * values[i]);
    }
    return new DecodedImage(channels(), preprocessing.height(), preprocessing.width(), pixels);
  }

  @Override
  public Optional<ImageSize> commonSize() {
    return Optional.of(new ImageSize(preprocessing.height(), preprocessing.width()));
  }
}
