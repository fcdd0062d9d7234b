package org.nin4j.tracking.tensorboard;

import java.awt.image.BufferedImage;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nin4j.data.ImageDataset;
import org.nin4j.data.PreparedImages;
import org.nin4j.data.Preprocessing;
import org.nin4j.tracking.picture.Pictures;
import org.nin4j.train.TrainingSetup;

/** The first image of each class as the network saw it in the first epoch of a training. */
final class TrainingImages {
  /** Classes after these have no image, because a page with a thousand of them helps nobody. */
  private static final int MOST_CLASSES = 10;

  private final ImageDataset dataset;
  private final PreparedImages prepared;

  TrainingImages(ImageDataset dataset, Preprocessing preprocessing, TrainingSetup setup) {
    this.dataset = dataset;
    prepared =
        new PreparedImages(dataset, preprocessing, setup.recipe().augmentations(), setup.seed(), 0);
  }

  /** Returns pictures by the names of their classes, in the order of the classes. */
  Map<String, BufferedImage> pictures() {
    int classes = Math.min(dataset.classes().size(), MOST_CLASSES);
    Integer[] first = new Integer[classes];
    for (int i = dataset.size() - 1; i >= 0; i--) {
      if (dataset.label(i) < classes) {
        first[dataset.label(i)] = i;
      }
    }
    Map<String, BufferedImage> pictures = new LinkedHashMap<>();
    for (int label = 0; label < classes; label++) {
      if (first[label] != null) {
        pictures.put(dataset.classes().get(label), Pictures.of(prepared.image(first[label])));
      }
    }
    return pictures;
  }
}
