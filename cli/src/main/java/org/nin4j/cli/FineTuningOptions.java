package org.nin4j.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.nin4j.data.ImageDataset;
import org.nin4j.io.SourceModel;
import org.nin4j.nn.Network;
import org.nin4j.train.Trainer;
import picocli.CommandLine.Option;

/** The options for a training that starts from a trained model. */
final class FineTuningOptions {
  static final String FROM = "--from";
  static final String FREEZE = "--freeze";

  private static final LayerPath ALL = new LayerPath("all");

  @Option(
      names = FROM,
      paramLabel = ModelChoice.LABEL,
      description =
          "Fine-tune a trained model, a file, a run folder or nin-small-cifar10, which comes with nin,"
              + " instead of --net. If the classes differ, the last block is new.")
  ModelChoice from;

  @Option(
      names = FREEZE,
      paramLabel = "BLOCKS",
      split = ",",
      description =
          "With --from: the blocks to leave as they are, as 'nin summary' numbers them, such as 0,3;"
              + " or all, for all but the last one.")
  List<LayerPath> blocks;

  /**
   * Reads the model to start from.
   *
   * @param netGiven whether a network was chosen, on the command line or in a run file
   * @return the model; empty without {@code --from}
   * @throws UsageException when the options cannot be combined, or there is no such model
   * @throws IOException when the file cannot be read
   */
  Optional<SourceModel> source(boolean netGiven) throws IOException {
    if (from == null) {
      if (blocks != null) {
        throw new UsageException(FREEZE + " needs " + FROM + ", a model that has been trained");
      }
      return Optional.empty();
    }
    if (netGiven) {
      throw new UsageException(
          NetworkOption.NET
              + " cannot be combined with "
              + FROM
              + ", which keeps the model's network");
    }
    return Optional.of(from.readComplete(FROM));
  }

  /**
   * Returns the network of a model for the classes of other images.
   *
   * @param size height and width of the input; null for those of the model
   * @throws UsageException when the network cannot take such images or distinguish the classes
   */
  static Network network(SourceModel source, ImageDataset images, Integer size) {
    if (size != null && size < 1) {
      throw new UsageException("--size must be at least 1, but is " + size);
    }
    Network network = source.model().network();
    requireChannels(network.input().channels(), images);
    try {
      Network resized = size == null ? network : network.withInputSize(size, size);
      return resized.withClasses(images.classes().size());
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  private static void requireChannels(int channels, ImageDataset images) {
    if (channels == images.channels()) {
      return;
    }
    throw new UsageException(
        channels == 1
            ? "the model takes grey images, but those of "
                + images.name()
                + " are in colour; use "
                + ImageDataOptions.GREY
            : "the model takes images in colour, but those of "
                + images.name()
                + " are grey; start from a model for grey images, or leave out "
                + ImageDataOptions.GREY
                + " if it is given");
  }

  /**
   * Sets what a trainer starts from and freezes.
   *
   * @throws UsageException when the model cannot be fine-tuned so
   */
  void apply(Trainer trainer, Optional<SourceModel> source) {
    try {
      source.ifPresent(trainer::from);
      if (List.of(ALL).equals(blocks)) {
        trainer.freezeAllButHead();
      } else if (blocks != null) {
        trainer.freeze(blocks.stream().map(LayerPath::path).toArray(String[]::new));
      }
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }
}
