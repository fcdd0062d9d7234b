package org.nin4j.cli;

import java.io.IOException;
import org.nin4j.io.Model;
import picocli.CommandLine.Option;

/** The option {@code --model}. */
final class ModelOption {
  @Option(
      names = "--model",
      paramLabel = ModelChoice.LABEL,
      required = true,
      description = "The model: a file, a run folder, or the name of a model that comes with nin.")
  ModelChoice choice;

  /** Does what {@link ModelChoice#read} does, for the model alone. */
  Model read() throws IOException {
    return choice.read().model();
  }
}
