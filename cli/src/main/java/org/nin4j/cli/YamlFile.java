package org.nin4j.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.nin4j.error.InvalidFileException;
import org.nin4j.internal.TextFile;

/** Reads a file of YAML or JSON. JSON is YAML too, so both are read in the same way. */
final class YamlFile {
  private static final int LARGEST_FILE = 1; // MiB
  private static final List<String> EXTENSIONS = List.of(".yaml", ".yml", ".json");

  private YamlFile() {}

  /** Returns whether a text is the name of a YAML or JSON file, rather than another name. */
  static boolean isNamed(String text) {
    return EXTENSIONS.stream().anyMatch(text.toLowerCase(Locale.ROOT)::endsWith);
  }

  /**
   * Reads a file of at most 1 MiB in UTF-8.
   *
   * @return JSON text of one object, for a reader that checks its fields
   * @throws InvalidFileException if it is not YAML that JSON can express; the message names the
   *     line and the column
   * @throws IOException if the file is missing or cannot be read
   */
  static String read(Path file) throws IOException {
    String text = TextFile.read(file, LARGEST_FILE);
    try {
      return new YamlToJson(text).convert();
    } catch (YamlDefect e) {
      throw new InvalidFileException(file, e.getMessage(), e);
    }
  }
}
