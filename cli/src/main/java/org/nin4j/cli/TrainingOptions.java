package org.nin4j.cli;

import java.io.IOException;
import org.nin4j.data.DataSource;
import org.nin4j.data.DatasetSplits;
import org.nin4j.nn.Network;
import org.nin4j.nn.Shape;
import org.nin4j.train.Recipe;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that decide what is trained on which images, and how. */
final class TrainingOptions {
  /** The default recipe trains this network on smaller images than the book does. */
  private static final String SMALLER_NET = "nin";

  private static final int SMALLER_SIZE = 96;

  @Mixin NetworkOption net;

  @Option(
      names = "--data",
      paramLabel = "NAME|DIR",
      defaultValue = "sample",
      description =
          "sample, a data set listed by 'nin data list', or a folder with a folder of images for each"
              + " class, optionally split into train, val and test, or with IDX or CIFAR files. Default:"
              + " ${DEFAULT-VALUE}.")
  String data;

  @Mixin ImageDataOptions dataOptions;

  @Mixin RecipeOptions recipeOptions;

  @Option(
      names = "--size",
      paramLabel = "PIXELS",
      description =
          "Height and width to which images are resized. Default: the network's own, but 96 for nin"
              + " with the default recipe.")
  Integer size;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Seed of all random numbers. The same seed gives the same model, bit for bit. Default:"
              + " ${DEFAULT-VALUE}.")
  long seed;

  @Mixin EngineOptions engineOptions;

  /** Returns the source of the images. */
  DataSource source() {
    return new DataSource(data, dataOptions.options());
  }

  /**
   * Returns the network for a data set: with the size of the option or the default one, and with
   * the channels and the classes of the images.
   *
   * @throws UsageException when there is no such preset, or the network does not fit the images
   * @throws IOException when the network is a file that cannot be read, or is not a network
   */
  Network network(DatasetSplits images) throws IOException {
    if (size != null && size < 1) {
      throw new UsageException("--size must be at least 1, but is " + size);
    }
    int pixels = size != null ? size : defaultSize();
    Shape image = Shape.of(1, images.train().channels(), pixels, pixels);
    return net.build(image, images.train().classes().size());
  }

  private int defaultSize() throws IOException {
    boolean small = net.net.equals(SMALLER_NET) && recipeOptions.name.equals(Recipe.DEFAULT.name());
    return small ? SMALLER_SIZE : net.build(null, null).input().height();
  }
}
