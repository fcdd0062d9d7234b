package org.nin4j.interchange.numpy;

import java.nio.file.Path;
import java.util.Optional;
import org.nin4j.error.InvalidFileException;
import org.nin4j.internal.Quoted;

/**
 * Where an array is, for messages.
 *
 * @param file the file
 * @param name the array's name in an archive; empty where the array is the file
 */
record ArraySource(Path file, Optional<String> name) {

  /** An array that is a file of its own. */
  static ArraySource of(Path file) {
    return new ArraySource(file, Optional.empty());
  }

  /** An array in an archive. */
  static ArraySource in(Path file, String name) {
    return new ArraySource(file, Optional.of(name));
  }

  /**
   * A complaint about the array.
   *
   * @param complaint a sentence without its subject, such as "is cut off; copy it again"
   */
  InvalidFileException invalid(String complaint) {
    return new InvalidFileException(file, subject() + complaint, null);
  }

  /**
   * A complaint about a byte of the array.
   *
   * @param offset in bytes from where the array begins; one within an archive stays out of the
   *     exception, as it is not the file's
   */
  InvalidFileException invalid(long offset, String complaint) {
    return name.isPresent()
        ? invalid(complaint)
        : new InvalidFileException(file, offset, complaint, null);
  }

  private String subject() {
    return name.map(text -> "array " + Quoted.text(text) + " ").orElse("");
  }
}
