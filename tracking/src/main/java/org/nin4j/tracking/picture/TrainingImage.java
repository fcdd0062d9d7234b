package org.nin4j.tracking.picture;

import java.util.ArrayList;
import java.util.List;
import org.nin4j.data.Batch;
import org.nin4j.data.CenterCrop;
import org.nin4j.data.DataLoader;
import org.nin4j.data.DataLoaderBuilder;
import org.nin4j.data.DecodedImage;
import org.nin4j.data.Epoch;
import org.nin4j.data.ImageDataset;
import org.nin4j.data.Preprocessing;
import org.nin4j.data.PreprocessingStep;
import org.nin4j.data.Resize;
import org.nin4j.data.ResizeShorterSide;
import org.nin4j.train.Recipe;
import org.nin4j.train.TrainingSetup;

/**
 * An image as a network sees it in its training: drawn, augmented, mixed and resized by the data
 * loader, but not normalised.
 *
 * @param label index of its class; of a mixed image, the class of the one that another was mixed
 *     into
 * @param image the image, of the size of the network's input
 */
public record TrainingImage(int label, DecodedImage image) {
  /**
   * Returns the first images of a training, in the order of its first step.
   *
   * @param dataset the training images
   * @param preprocessing how images become the network's input
   * @param setup the setup of the training
   * @param most the largest number of images, at least 1
   * @return the images; fewer if the data set has fewer
   * @throws IllegalArgumentException if {@code most} is below 1
   * @throws java.io.UncheckedIOException when an image cannot be read; the message names its file
   */
  public static List<TrainingImage> first(
      ImageDataset dataset, Preprocessing preprocessing, TrainingSetup setup, int most) {
    Recipe recipe = setup.recipe();
    Preprocessing visible =
        new Preprocessing(
            preprocessing.channels(),
            preprocessing.steps().stream().filter(TrainingImage::keepsColours).toList());
    DataLoaderBuilder loading =
        DataLoader.builder(dataset, visible, most)
            .sampling(recipe.balance().sampling())
            .augmentations(recipe.augmentations())
            .seed(setup.seed());
    recipe.mixing().ifPresent(loading::mixing);
    List<TrainingImage> images = new ArrayList<>();
    try (Epoch epoch = loading.build().epoch(0, 0)) {
      Batch batch = epoch.next();
      for (int i = 0; i < batch.size(); i++) {
        images.add(new TrainingImage(batch.labels()[i], image(batch, i, visible)));
      }
    }
    return images;
  }

  private static boolean keepsColours(PreprocessingStep step) {
    return step instanceof Resize
        || step instanceof ResizeShorterSide
        || step instanceof CenterCrop;
  }

  private static DecodedImage image(Batch batch, int index, Preprocessing size) {
    byte[] pixels = new byte[size.channels() * size.height() * size.width()];
    for (int i = 0; i < pixels.length; i++) {
      float value = batch.images()[index * pixels.length + i];
      pixels[i] = (byte) Math.round(255 * Math.min(1, Math.max(0, value)));
    }
    return new DecodedImage(size.channels(), size.height(), size.width(), pixels);
  }
}
