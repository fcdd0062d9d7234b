package org.nin4j.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.nin4j.engine.Engine;
import org.nin4j.engine.Precision;
import org.nin4j.io.ImportOptions;
import org.nin4j.io.SourceModel;
import org.nin4j.server.model.ModelSource;
import picocli.CommandLine;

/**
 * Where a served model is read, now and after each change of its file.
 *
 * @param choice the file, run folder or name
 * @param options what the file does not say
 * @param engineOptions the precision to compute in
 * @param command receives warnings
 */
record ServedModelFile(
    ModelChoice choice, ImportOptions options, EngineOptions engineOptions, CommandLine command)
    implements ModelSource {
  @Override
  public SourceModel read() throws IOException {
    return choice.read(options);
  }

  @Override
  public Optional<Path> file() {
    try {
      return choice.file();
    } catch (IOException e) {
      return Optional.empty(); // there is no model in the run folder any more
    }
  }

  @Override
  public Precision precision(Engine engine, SourceModel source) {
    return engineOptions.precision(engine, command, source.model());
  }
}
