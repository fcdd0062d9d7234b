package org.nin4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.nin4j.error.IncompleteFileException;
import org.nin4j.io.ImportOptions;
import org.nin4j.io.Model;
import org.nin4j.io.Models;
import org.nin4j.io.PretrainedModels;
import org.nin4j.io.SourceModel;
import org.nin4j.nn.Network;
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
   * @param options what its file does not say
   * @throws UsageException when it is neither a file, nor a run folder, nor a model that comes with
   *     nin; or when options are missing, or say what the file says itself
   * @throws IOException when the file cannot be read, or there is no model in the run folder
   */
  SourceModel read(ImportOptions options) throws IOException {
    return asked(
        () ->
            isFolder()
                ? SourceModel.read(file().orElseThrow(), options)
                : SourceModel.read(name, options));
  }

  /**
   * Reads the model alone, without the digest of its file, in less time.
   *
   * @param options what the file does not say
   * @throws UsageException as by {@link #read}
   * @throws IOException when the file cannot be read, or there is no model in the run folder
   */
  Model model(ImportOptions options) throws IOException {
    Optional<Path> file = existingFile();
    return file.isEmpty() ? read(options).model() : asked(() -> Models.read(file.get(), options));
  }

  /** Something that is read as the user asked. */
  private interface Reading<T> {
    T run() throws IOException;
  }

  private static <T> T asked(Reading<T> reading) throws IOException {
    try {
      return reading.run();
    } catch (IllegalArgumentException | IncompleteFileException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  private Optional<Path> existingFile() throws IOException {
    return file().filter(Files::exists);
  }

  /**
   * Reads a model whose file says all of it.
   *
   * @param option the option that names the model
   * @throws UsageException when it is neither a file, nor a run folder, nor a model that comes with
   *     nin; or when the file does not say all of it
   * @throws IOException when the file cannot be read, or there is no model in the run folder
   */
  SourceModel readComplete(String option) throws IOException {
    try {
      return read(ImportOptions.none());
    } catch (UsageException e) {
      if (e.getCause() instanceof IncompleteFileException incomplete) {
        throw new UsageException(
            option
                + ": "
                + name
                + " does not say "
                + incomplete.missing()
                + "; make a complete file of it with 'nin convert' first",
            e);
      }
      throw e.about(option);
    }
  }

  /**
   * Reads the model as far as its architecture.
   *
   * @param options the architecture, if the file does not say it
   * @throws UsageException when it is neither a file, nor a run folder, nor a model that comes with
   *     nin; or when the architecture is missing, or the options say what the file says itself
   * @throws IOException when the file cannot be read, or there is no model in the run folder
   */
  Network network(ImportOptions options) throws IOException {
    Optional<Path> file = existingFile();
    return file.isEmpty()
        ? read(options).model().network()
        : asked(() -> Models.network(file.get(), options));
  }

  /**
   * Returns the file that the model is read from; empty for a model that comes with nin.
   *
   * @throws IOException when there is no model in the run folder
   */
  Optional<Path> file() throws IOException {
    if (isPretrained()) {
      return Optional.empty();
    }
    Path path = Path.of(name);
    return Optional.of(isFolder() ? RunFolder.open(path).trainedModel() : path);
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
