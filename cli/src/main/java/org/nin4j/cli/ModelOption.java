package org.nin4j.cli;

import java.io.IOException;
import org.nin4j.io.Model;
import org.nin4j.io.SourceModel;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The option {@code --model}, and those for what the model's file does not say. */
final class ModelOption {
  @Option(
      names = "--model",
      paramLabel = ModelChoice.LABEL,
      required = true,
      description =
          "The model: a file of any format, a run folder, or the name of a model that comes with nin.")
  ModelChoice choice;

  @ArgGroup(exclusive = false, heading = ForeignFileOptions.HEADING)
  ForeignFileOptions foreign = new ForeignFileOptions();

  /** Does what {@link ModelChoice#read} does. */
  SourceModel readSource() throws IOException {
    return choice.read(foreign.read());
  }

  /** Does what {@link ModelChoice#model} does. */
  Model read() throws IOException {
    return choice.model(foreign.read());
  }
}
