package org.nin4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.nin4j.io.ImportOptions;
import org.nin4j.io.PretrainedModels;
import org.nin4j.io.SourceModel;
import org.nin4j.tracking.RunFolder;
import picocli.CommandLine.TypeConversionException;

/**
 * A choice of a trained model: a file, a run folder, or a model that comes with nin.
 *
 * @param name the path or the name, as it was written
 */
record ModelChoice(String name) {
  /** What an option calls its value. */
  static final String LABEL = "FILE|DIR|NAME";

  static ModelChoice of(String name) {
    if (name.isBlank()) {
      throw new TypeConversionException("it needs the file or the name of a model, but is empty");
    }
    if (!PretrainedModels.names().contains(name)) {
      OptionConverters.path(name);
    }
    return new ModelChoice(name);
  }

  /**
   * Reads the model.
   *
   * @throws UsageException when it is neither a file, nor a run folder, nor a model that comes with
   *     nin
   * @throws IOException when the file cannot be read, or there is no model in the run folder
   */
  SourceModel read() throws IOException {
    try {
      return isFolder()
          ? SourceModel.read(RunFolder.open(Path.of(name)).trainedModel(), ImportOptions.none())
          : SourceModel.read(name, ImportOptions.none());
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  /** Returns the run folder that the model is in, if there is one. */
  Optional<RunFolder> runFolder() {
    if (isPretrained()) {
      return Optional.empty();
    }
    Path path = Path.of(name);
    try {
      return Optional.of(RunFolder.open(isFolder() ? path : path.toAbsolutePath().getParent()));
    } catch (IOException e) {
      return Optional.empty(); // it is not in a run folder, or that cannot be read
    }
  }

  private boolean isPretrained() {
    return PretrainedModels.names().contains(name);
  }

  private boolean isFolder() {
    return !isPretrained() && Files.isDirectory(Path.of(name));
  }

  @Override
  public String toString() {
    return name;
  }
}
