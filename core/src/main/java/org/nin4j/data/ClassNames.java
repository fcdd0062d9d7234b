package org.nin4j.data;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.nin4j.error.InvalidFileException;
import org.nin4j.internal.FileErrors;

/** Text files with the names of classes, one per line, starting with label 0. */
final class ClassNames {
  /** Labels are stored in one byte. */
  private static final int MAX_CLASSES = 256;

  private ClassNames() {}

  /**
   * Reads 2 to 256 names; empty lines may follow them.
   *
   * @throws InvalidFileException if there are more or fewer, or one is empty or repeated
   */
  static List<String> read(Path file) throws IOException {
    List<String> names;
    try {
      names = Files.readAllLines(file).stream().map(String::strip).toList();
    } catch (CharacterCodingException e) {
      throw new InvalidFileException(file, "is not text in UTF-8", e);
    } catch (IOException e) {
      throw FileErrors.reading(file, e);
    }
    while (!names.isEmpty() && names.get(names.size() - 1).isEmpty()) {
      names = names.subList(0, names.size() - 1);
    }
    if (names.size() < 2 || names.size() > MAX_CLASSES) {
      throw new InvalidFileException(
          file, "needs 2 to 256 class names, one per line, but has " + names.size(), null);
    }
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).isEmpty() || names.indexOf(names.get(i)) < i) {
        throw new InvalidFileException(
            file, "line " + (i + 1) + " is empty or repeats a class name", null);
      }
    }
    return names;
  }
}
