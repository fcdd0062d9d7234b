package org.nin4j.data;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.nin4j.data.CatalogueEntry.CatalogueFile;

/** The published data sets that are known by name. */
public final class Catalogue {
  static final List<String> FASHION_CLASSES =
      List.of(
          "T-shirt/top",
          "Trouser",
          "Pullover",
          "Dress",
          "Coat",
          "Sandal",
          "Shirt",
          "Sneaker",
          "Bag",
          "Ankle boot");

  private static final List<CatalogueEntry> ENTRIES =
      List.of(
          new CatalogueEntry(
              "fashion-mnist",
              "60,000 + 10,000 grey images of clothes, 28x28",
              "MIT, Copyright (c) 2017 Zalando SE",
              URI.create("https://github.com/zalandoresearch/fashion-mnist"),
              URI.create("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"),
              files(
                  "f4a8712d7a061bf5bd6d2ca38dc4d50a",
                  "9018921c3c673c538a1fc5bad174d6f9",
                  "8181f5470baa50b63fa0f6fddb340f0a",
                  "15d484375f8d13e6eb1aabb0c3f46965"),
              FASHION_CLASSES),
          new CatalogueEntry(
              "mnist",
              "60,000 + 10,000 grey images of handwritten digits, 28x28",
              "CC BY-SA 3.0, Yann LeCun and Corinna Cortes",
              URI.create("http://yann.lecun.com/exdb/mnist/"),
              URI.create("https://ossci-datasets.s3.amazonaws.com/mnist/"),
              files(
                  "6bbc9ace898e44ae57da46a324031adb",
                  "a25bea736e30d166cdddb491f175f624",
                  "2646ac647ad5339dbf082846283269ea",
                  "27ae3e4e09519cfbb04c329615203637"),
              IntStream.range(0, 10).mapToObj(Integer::toString).toList()));

  private Catalogue() {}

  /** {@return all data sets that are known by name} */
  public static List<CatalogueEntry> entries() {
    return ENTRIES;
  }

  /**
   * Finds a data set by its name.
   *
   * @param name the name, such as {@code fashion-mnist}
   * @return the data set, or empty if none has that name
   */
  public static Optional<CatalogueEntry> find(String name) {
    return ENTRIES.stream().filter(entry -> entry.name().equals(name)).findFirst();
  }

  private static List<CatalogueFile> files(
      String trainImages, String trainLabels, String testImages, String testLabels) {
    return List.of(
        new CatalogueFile(IdxFolder.TRAIN_IMAGES, trainImages),
        new CatalogueFile(IdxFolder.TRAIN_LABELS, trainLabels),
        new CatalogueFile(IdxFolder.TEST_IMAGES, testImages),
        new CatalogueFile(IdxFolder.TEST_LABELS, testLabels));
  }
}
