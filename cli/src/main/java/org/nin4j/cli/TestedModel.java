package org.nin4j.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.nin4j.io.Model;
import org.nin4j.io.ModelFile;
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
              + " trained with.")
  String data;

  Model read() throws IOException {
    return ModelFile.read(file);
  }

  /** The name of the data set, or its folder. */
  String dataFor(Model model) {
    return data != null ? data : model.provenance().getOrDefault("data", "sample");
  }
}
