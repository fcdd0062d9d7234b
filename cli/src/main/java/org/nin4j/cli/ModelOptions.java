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
final class ModelOptions {
  @Option(names = "--model", paramLabel = "FILE", required = true, description = "A model file.")
  Path file;

  @Option(
      names = "--data",
      paramLabel = "NAME|DIR",
      description =
          "sample, a data set from 'nin data list', or a folder. Default: what the model was"
              + " trained with, of a folder as long as the model is in its run folder.")
  String data;

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
   * The images.
   *
   * @param name what {@link #dataFor} returned
   * @throws IOException when there are none; the message says what to do
   */
  DatasetSplits open(String name) throws IOException {
    try {
      return Datasets.open(name);
    } catch (IOException e) {
      throw data != null
          ? e
          : new IOException(e.getMessage() + "; name what to test on with --data", e);
    }
  }
}
