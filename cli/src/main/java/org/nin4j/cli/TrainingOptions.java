package org.nin4j.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.nin4j.data.Catalogue;
import org.nin4j.data.DataSource;
import org.nin4j.data.DatasetSplits;
import org.nin4j.nn.Network;
import org.nin4j.nn.Networks;
import org.nin4j.nn.Shape;
import org.nin4j.nn.ShapeException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that decide what is trained on which images, and how. */
final class TrainingOptions {
  static final String DATA = "--data";
  static final String SAMPLE = "sample";
  static final String SIZE = "--size";

  /** The preset of which the recipe decides the size. */
  private static final NetworkChoice NIN = NetworkChoice.of(Networks.NIN.presetName());

  @Mixin NetworkOption net;

  @Option(
      names = DATA,
      paramLabel = "NAME|DIR",
      defaultValue = SAMPLE,
      description =
          "sample, a data set listed by 'nin data list', or a folder with a folder of images for each"
              + " class, optionally split into train, val and test, or with IDX or CIFAR files. Default:"
              + " ${DEFAULT-VALUE}.")
  String data;

  @Mixin ImageDataOptions dataOptions;

  @Mixin RecipeOptions recipeOptions;

  @Option(
      names = SIZE,
      paramLabel = "PIXELS",
      description =
          "Height and width to which images are resized. Default: the network's own, but 96 for nin"
              + " unless the recipe is d2l, and the model's with --from.")
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
   * Returns the source as a run stores it: a data set keeps its name, so that it is found on
   * another machine; a folder is made absolute, so that it is found from any folder.
   */
  DataSource storedSource() {
    boolean isNamed = data.equals(SAMPLE) || Catalogue.find(data).isPresent();
    String stored = isNamed ? data : Path.of(data).toAbsolutePath().normalize().toString();
    return new DataSource(stored, dataOptions.options());
  }

  /**
   * Returns the network for a data set: with the size of the option or the default one, and with
   * the channels and the classes of the images.
   *
   * @throws UsageException when there is no such preset, or the network does not fit the images
   * @throws IOException when the network or the recipe is a file that cannot be read, or is neither
   */
  Network network(DatasetSplits images) throws IOException {
    if (size != null && size < 1) {
      throw new UsageException(SIZE + " must be at least 1, but is " + size);
    }
    Shape own = net.build(null, null).input();
    Shape image = size == null ? defaultSize(own) : Shape.of(1, own.channels(), size, size);
    int channels = images.train().channels();
    try {
      return net.build(
          Shape.of(1, channels, image.height(), image.width()), images.train().classes().size());
    } catch (UsageException e) {
      boolean tooSmall = size != null && e.getCause() instanceof ShapeException;
      throw tooSmall ? e.about(SIZE) : e;
    }
  }

  private Shape defaultSize(Shape own) throws IOException {
    return net.net.equals(NIN) ? recipeOptions.recipe().inputOf(Networks.NIN) : own;
  }
}
