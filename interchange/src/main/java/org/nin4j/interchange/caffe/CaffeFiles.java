package org.nin4j.interchange.caffe;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.nin4j.error.InvalidFileException;

/**
 * The two files of a model.
 *
 * @param weights the {@code .caffemodel}
 * @param definition the {@code .prototxt}; empty where the network of the weights has to do
 */
record CaffeFiles(Path weights, Optional<Path> definition) {
  static final String WEIGHTS = ".caffemodel";
  static final String DEFINITION = ".prototxt";

  static boolean has(Path file, String extension) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(extension);
  }

  /**
   * Finds the other file of a model: the one that is named, or else the one with the same name
   * beside it.
   *
   * @param file one of the two
   * @param definition the definition, if it is named
   * @throws InvalidFileException when there are no weights beside a definition
   * @throws IllegalArgumentException when two definitions are named
   */
  static CaffeFiles of(Path file, Optional<Path> definition) throws InvalidFileException {
    if (!has(file, DEFINITION)) {
      Path beside = beside(file, WEIGHTS, DEFINITION);
      return new CaffeFiles(
          file, definition.or(() -> Optional.of(beside).filter(Files::isRegularFile)));
    }
    if (definition.isPresent()) {
      throw new IllegalArgumentException(
          file + ": it is a definition itself; name the weights instead, or leave out --prototxt");
    }
    Path beside = beside(file, DEFINITION, WEIGHTS);
    if (!Files.isRegularFile(beside)) {
      throw new InvalidFileException(
          file,
          "defines a network, but there are no weights "
              + beside.getFileName()
              + " beside it; name the .caffemodel instead, and this file with --prototxt"
              + " (ImportOptions.definition in Java)",
          null);
    }
    return new CaffeFiles(beside, Optional.of(file));
  }

  private static Path beside(Path file, String extension, String other) {
    String name = file.getFileName().toString();
    String stem =
        has(file, extension) ? name.substring(0, name.length() - extension.length()) : name;
    return file.resolveSibling(stem + other);
  }

  /** The file that defines the network. */
  Path defining() {
    return definition.orElse(weights);
  }

  /** Where a mean image may be. */
  List<Path> folders() {
    return List.of(folder(defining()), folder(weights));
  }

  private static Path folder(Path file) {
    return file.toAbsolutePath().getParent();
  }
}
