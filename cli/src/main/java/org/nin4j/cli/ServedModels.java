package org.nin4j.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.nin4j.error.IncompleteFileException;
import org.nin4j.io.ImportOptions;
import org.nin4j.io.SourceModel;
import org.nin4j.server.model.ModelRepository;
import picocli.CommandLine;

/** The models of a server, from their files to its repository. */
final class ServedModels {
  private final EngineOptions engineOptions;
  private final CommandLine command;
  private final List<Read> models = new ArrayList<>();

  /** A model that was read. */
  private record Read(String name, ServedModelFile file, SourceModel model) {}

  /**
   * @param engineOptions the precision to compute in
   * @param command receives warnings
   */
  ServedModels(EngineOptions engineOptions, CommandLine command) {
    this.engineOptions = engineOptions;
    this.command = command;
  }

  /**
   * Reads the models. One takes the options as they are; of several, those that say everything
   * themselves go without.
   *
   * @throws UsageException when options are missing, or of no use
   * @throws IOException when a file cannot be read
   */
  void read(List<NamedModel> choices, ImportOptions options) throws IOException {
    boolean several = choices.size() > 1 && !options.equals(ImportOptions.none());
    boolean needed = !several;
    for (NamedModel each : choices) {
      if (!several || !addComplete(each)) {
        add(each, options);
        needed = true;
      }
    }
    if (!needed) {
      throw new UsageException(
          "every model says all of itself; leave out the options for files of other programs");
    }
  }

  private void add(NamedModel choice, ImportOptions options) throws IOException {
    ServedModelFile file = new ServedModelFile(choice.model(), options, engineOptions, command);
    models.add(new Read(choice.name(), file, file.read()));
  }

  /** Adds a model that needs no options; false when it does. */
  private boolean addComplete(NamedModel choice) throws IOException {
    try {
      add(choice, ImportOptions.none());
      return true;
    } catch (UsageException e) {
      if (e.getCause() instanceof IncompleteFileException) {
        return false;
      }
      throw e;
    }
  }

  /**
   * Compiles the models.
   *
   * @throws UsageException when one does not run in the precision that was asked for
   */
  void addTo(ModelRepository repository) {
    for (Read each : models) {
      repository.add(each.name, each.file, each.model);
    }
  }
}
