package org.nin4j.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.nin4j.data.Normalize;
import org.nin4j.io.ImportOptions;
import org.nin4j.nn.Network;
import org.nin4j.nn.Shape;
import org.nin4j.nn.Size2d;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options that say of a model what files of other programs do not. */
final class ForeignFileOptions {
  static final String HEADING =
      "%nFor files of other programs, what they do not say (nothing is guessed):%n";

  private static final String INPUT = "--input";
  private static final String MEAN = "--mean";
  private static final String STD = "--std";

  @Option(
      names = NetworkOption.NET,
      paramLabel = "PRESET|FILE.json",
      description = "The architecture, for files that only hold tensors: a preset, or a JSON file.")
  NetworkChoice net;

  @Option(
      names = INPUT,
      paramLabel = "[Cx]HxW",
      converter = InputSize.Converter.class,
      description =
          "The size of the network's input. Default: that of --net; needed where a graph leaves it open.")
  InputSize input;

  @Option(
      names = "--classes",
      paramLabel = ClassNames.LABEL,
      description =
          "The names of the classes in their order in training, or a text file with a name on each"
              + " line.")
  ClassNames classes;

  @Option(
      names = MEAN,
      paramLabel = "M",
      split = ",",
      description =
          "The mean of each channel in training (one for grey; red, green, blue), in units of 0 to 1,"
              + " as for torchvision's Normalize.")
  List<Float> mean;

  @Option(
      names = STD,
      paramLabel = "S",
      split = ",",
      description = "The standard deviation of each channel, likewise.")
  List<Float> std;

  @Option(
      names = "--crop",
      paramLabel = "N",
      description =
          "Resize the shorter side of images to N pixels and crop the centre. Default: resize images"
              + " to the input whatever their aspect ratio.")
  Integer crop;

  @Option(
      names = "--red-first",
      description =
          "For .caffemodel files: the network was trained on images with red first, as Caffe's converter"
              + " of CIFAR makes them, not with blue first.")
  boolean redFirst;

  @ArgGroup(exclusive = false)
  ArchitectureFiles files = new ArchitectureFiles();

  /**
   * Returns what the options say.
   *
   * @throws UsageException when they cannot be combined
   * @throws IOException when a file that they name cannot be read
   */
  ImportOptions read() throws IOException {
    ImportOptions options = files.addTo(ImportOptions.none().redFirst(redFirst));
    if (classes != null) {
      options = options.classes(classes.read());
    }
    Optional<Normalize> normalize = normalize();
    if (normalize.isPresent()) {
      options = options.normalization(normalize.get());
    }
    if (crop != null) {
      options = options.shorterSide(crop);
    }
    if (net == null && input != null) {
      if (input.channels() != null) {
        throw new UsageException(
            INPUT
                + " with channels needs "
                + NetworkOption.NET
                + "; give only the height and width");
      }
      options = options.inputSize(new Size2d(input.height(), input.width()));
    }
    return net == null ? options : options.network(network(options));
  }

  private Optional<Normalize> normalize() {
    if (mean == null && std == null) {
      return Optional.empty();
    }
    if (mean == null || std == null) {
      throw new UsageException("--mean and --std need each other; give both");
    }
    if (mean.size() != 1 && mean.size() != 3) {
      throw new UsageException(
          "--mean must have 1 value (grey) or 3 (red, green, blue), but has " + mean.size());
    }
    requireUnits(MEAN, mean);
    requireUnits(STD, std);
    try {
      return Optional.of(new Normalize(mean, std));
    } catch (IllegalArgumentException e) {
      throw new UsageException("--mean, --std: " + e.getMessage(), e);
    }
  }

  /** Pixels from 0 to 1 have neither a mean nor a standard deviation above 1. */
  private static void requireUnits(String option, List<Float> values) {
    for (float value : values) {
      if (value > 1) {
        throw new UsageException(
            option
                + " is in units of 0 to 1, but has "
                + value
                + "; divide --mean and --std by 255 if they are those of pixels from 0 to 255");
      }
    }
  }

  /** Builds the network for as many classes as there are names, and for the channels of --mean. */
  private Network network(ImportOptions options) throws IOException {
    Integer count = options.classes().map(List::size).orElse(null);
    try {
      Shape own = net.build(null, count).input();
      int channels = mean == null ? own.channels() : mean.size();
      if (input == null) {
        return net.build(Shape.of(1, channels, own.height(), own.width()), count);
      }
      if (input.channels() != null && mean != null && input.channels() != channels) {
        throw new UsageException(
            "it has "
                + input.channels()
                + (input.channels() == 1 ? " channel" : " channels")
                + ", but --mean has "
                + channels
                + (channels == 1 ? " value" : " values"));
      }
      int given = input.channels() == null ? channels : input.channels();
      return net.build(Shape.of(1, given, input.height(), input.width()), count);
    } catch (UsageException e) {
      throw e.about(input == null ? NetworkOption.NET : NetworkOption.NET + ", " + INPUT);
    }
  }
}
