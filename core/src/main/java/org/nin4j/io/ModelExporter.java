package org.nin4j.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes models to files of one format. {@link Models} finds exporters by {@link
 * java.util.ServiceLoader}.
 */
public interface ModelExporter {
  /** {@return the name of the format, as in messages: {@code PyTorch}} */
  String format();

  /** {@return the extensions of its files, in lower case, with their dots: {@code .pt}} */
  List<String> extensions();

  /**
   * Writes a model, or replaces the file in one step: after a crash or an error it holds the old
   * content or the new, never a part. Equal models give equal bytes.
   *
   * @param target the file; its folder must exist
   * @param model what to write
   * @throws IllegalArgumentException when the format cannot hold the model; the message says why
   * @throws IOException when the file cannot be written: one sentence that starts with the path
   */
  void write(Path target, Model model) throws IOException;
}
