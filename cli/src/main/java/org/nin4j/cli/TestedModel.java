package org.nin4j.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.nin4j.data.DatasetSplits;
import org.nin4j.data.Datasets;
import org.nin4j.io.Model;
import org.nin4j.io.ModelFile;
import org.nin4j.tracking.RunFolder;
import picocli.CommandLine.Option;

/** The options that name a model and the images that it is tested on. */
final class TestedModel {
  @Option(names = "--model", paramLabel = "FILE", required = true, description = "A model file.")
  Path file;

  @Option(
      names = "--data",
      paramLabel = "NAME|DIR",
      description =
          "sample, a data set from 'nin data list', or a folder. Default: what the model was"
              + " trained with, of a folder as long as the model is in its run folder.")
  String data;

  @Option(
      names = ImageDataOptions.VAL_SPLIT,
      paramLabel = "PART",
      description =
          "As in training, for a data set whose validation images are held out of others.")
  Double validationPart;

  Model read() throws IOException {
    return ModelFile.read(file);
  }

  /**
   * The name of the data set, or its folder. A model tells no path of the machine that it was
   * trained on, but the run beside it does.
   */
  String dataFor(Model model) {
    return data != null
        ? data
        : dataOfRun().orElse(model.provenance().getOrDefault("data", "sample"));
  }

  private Optional<String> dataOfRun() {
    try {
      return Optional.of(RunFolder.open(file.toAbsolutePath().getParent()).setup().data());
    } catch (IOException e) {
      return Optional.empty(); // no run, or none that can be read
    }
  }

  /**
   * The images, in grey or in colour as the model takes them.
   *
   * @param name what {@link #dataFor} returned
   * @throws IOException when there are none; the message says what to do
   */
  DatasetSplits open(String name, Model model) throws IOException {
    ImageDataOptions options = new ImageDataOptions();
    options.validationPart = validationPart;
    try {
      return Datasets.open(name, options.options(model.network().input().channels()));
    } catch (IOException e) {
      throw data != null
          ? e
          : new IOException(e.getMessage() + "; name what to test on with --data", e);
    }
  }
}
