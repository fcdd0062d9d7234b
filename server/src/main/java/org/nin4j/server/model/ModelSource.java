package org.nin4j.server.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.nin4j.engine.Engine;
import org.nin4j.engine.Precision;
import org.nin4j.engine.PrecisionPolicy;
import org.nin4j.io.ImportOptions;
import org.nin4j.io.SourceModel;

/** Where a served model comes from, so that it can be loaded again. */
@FunctionalInterface
public interface ModelSource {
  /**
   * Reads the model as it is now.
   *
   * @return the model
   * @throws IOException when it cannot be read, as {@link SourceModel#read(Path, ImportOptions)}
   *     does
   */
  SourceModel read() throws IOException;

  /** {@return the file whose changes mean that the model has changed; empty when it cannot} */
  default Optional<Path> file() {
    return Optional.empty();
  }

  /**
   * Chooses the arithmetic for a model that was read: what suits the engine best, unless a source
   * says otherwise.
   *
   * @param engine what will compute
   * @param source what was read
   * @return the precision to compute in
   */
  default Precision precision(Engine engine, SourceModel source) {
    return PrecisionPolicy.forInference(engine, source.model().quantization() != null);
  }

  /**
   * Returns a source that reads a model file.
   *
   * @param file a model file in any format that {@link org.nin4j.io.Models} reads
   * @param options what the file does not say
   * @return the source, with that file
   */
  static ModelSource file(Path file, ImportOptions options) {
    return new ModelSource() {
      @Override
      public SourceModel read() throws IOException {
        return SourceModel.read(file, options);
      }

      @Override
      public Optional<Path> file() {
        return Optional.of(file);
      }
    };
  }
}
