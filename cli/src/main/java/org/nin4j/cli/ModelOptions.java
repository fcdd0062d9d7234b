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

/** The options for a model and the data to test it on. */
final class ModelOptions {
  @Option(names = "--model", paramLabel = "FILE", required = true, description = "The model.")
  Path file;

  @Option(
      names = "--data",
      paramLabel = "NAME|DIR",
      description =
          "sample, a data set listed by 'nin data list', or a folder of IDX files. Default: the data"
              + " that the model was trained on. If that was a folder, the model must still be in its"
              + " run folder.")
  String data;

  Model read() throws IOException {
    return ModelFile.read(file);
  }

  /**
   * Returns the name of the data set, or the path of its folder. A model does not contain the paths
   * of the machine that it was trained on, but the run folder does.
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
      return Optional.empty(); // not in a run folder
    }
  }

  /**
   * Opens a data set.
   *
   * @param name what {@link #dataFor} returned
   * @throws IOException when it cannot be read; the message says what to do
   */
  DatasetSplits open(String name) throws IOException {
    try {
      return Datasets.open(name);
    } catch (IOException e) {
      throw data != null
          ? e
          : new IOException(e.getMessage() + "; choose the data to test on with --data", e);
    }
  }
}
