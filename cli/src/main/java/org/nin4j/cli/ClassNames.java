package org.nin4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.nin4j.error.InvalidFileException;
import org.nin4j.internal.TextFile;
import picocli.CommandLine.TypeConversionException;

/**
 * The names of classes in the order of the logits, on the command line or in a file.
 *
 * @param namesOrFile the names, separated by commas; or the path of a text file
 */
record ClassNames(String namesOrFile) {
  static final String LABEL = "NAME,NAME,...|FILE";

  private static final int LARGEST_FILE = 1; // MiB

  static ClassNames of(String text) {
    ClassNames classes = new ClassNames(text);
    if (!classes.isFile() && classes.listed().stream().anyMatch(String::isEmpty)) {
      throw new TypeConversionException(
          "'" + text + "' has an empty name; write it as cat,dog, or name a file");
    }
    return classes;
  }

  /**
   * Returns the names.
   *
   * @throws IOException when the file cannot be read, or a line before its last name is empty
   */
  List<String> read() throws IOException {
    return isFile() ? inFile() : listed();
  }

  /** One name alone is no choice of classes, so it is that of a file. */
  private boolean isFile() {
    try {
      return !namesOrFile.contains(",") || Files.exists(Path.of(namesOrFile));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private List<String> listed() {
    return List.of(namesOrFile.split(",", -1)).stream().map(String::strip).toList();
  }

  private List<String> inFile() throws IOException {
    Path file = OptionConverters.path(namesOrFile);
    String text = TextFile.read(file, LARGEST_FILE).stripTrailing();
    List<String> names = text.lines().map(String::strip).toList();
    int empty = names.indexOf("");
    if (names.isEmpty() || empty >= 0) {
      throw new InvalidFileException(
          file,
          names.isEmpty()
              ? "it is empty; write the name of a class on each line"
              : "line " + (empty + 1) + " is empty; write the name of a class on each line",
          null);
    }
    return names;
  }
}
