package org.nin4j.data;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Loaders of small images, and what they deliver. */
final class Loaders {
  private static final Preprocessing LARGER = Preprocessing.unit(1, 9, 7);

  /** A flip and shifts. */
  static final List<Augmentation> STRONG = List.of(new RandomHorizontalFlip(), new RandomCrop(2));

  private Loaders() {}

  /** Images of 4x3; the first pixel of image i is i. */
  static DataLoader loader(
      int size, int batchSize, boolean shuffle, List<Augmentation> augmentations, long seed) {
    return create(images(size), LARGER, batchSize, shuffle, augmentations, seed);
  }

  static DataLoader dropLast(int size, int batchSize) {
    return DataLoader.builder(images(size), LARGER, batchSize)
        .sampling(Sampling.SHUFFLED)
        .augmentations(STRONG)
        .seed(1)
        .dropLast(true)
        .build();
  }

  private static ImageDataset images(int size) {
    try {
      byte[] images = IdxBytes.images(size, 4, 3);
      byte[] labels = IdxBytes.labels(size);
      return new IdxDataset(
          "test",
          Idx.readImages(new ByteArrayInputStream(images), "images"),
          Idx.readLabels(new ByteArrayInputStream(labels), "labels", 10),
          Catalogue.FASHION_CLASSES);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static DataLoader create(
      ImageDataset dataset,
      Preprocessing preprocessing,
      int batchSize,
      boolean shuffle,
      List<Augmentation> augmentations,
      long seed) {
    return DataLoader.builder(dataset, preprocessing, batchSize)
        .sampling(shuffle ? Sampling.SHUFFLED : Sampling.SEQUENTIAL)
        .augmentations(augmentations)
        .seed(seed)
        .workers(3)
        .build();
  }

  /** Each batch of images of 63 floats, written out to the last bit. */
  static List<String> batches(Epoch epoch) {
    List<String> all = new ArrayList<>();
    for (Batch batch = epoch.next(); batch != null; batch = epoch.next()) {
      float[] images = Arrays.copyOf(batch.images(), batch.size() * 63);
      int[] labels = Arrays.copyOf(batch.labels(), batch.size());
      all.add(Arrays.toString(images) + Arrays.toString(labels));
    }
    return all;
  }
}
