package org.nin4j.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.nin4j.io.Models;
import org.nin4j.tracking.RunFolder;

/** Checks where a model shall be written to, before the work that takes a while. */
final class ModelTarget {
  private ModelTarget() {}

  /**
   * Checks that the extension is that of a format, and that no card would be left behind that
   * describes the replaced model.
   *
   * @param option what messages call the file
   */
  static void requireUsable(String option, Path file) {
    try {
      Models.exporter(file);
    } catch (IllegalArgumentException e) {
      throw new UsageException(option + ": " + e.getMessage(), e);
    }
    Path card = RunFolder.card(file);
    if (Files.exists(card)) {
      throw new UsageException(
          option
              + ": "
              + card
              + " describes the model that would be replaced; choose another file, or remove both");
    }
  }
}
