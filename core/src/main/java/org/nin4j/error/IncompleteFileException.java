package org.nin4j.error;

import java.nio.file.Path;

/**
 * A file that is sound but does not say all that is needed to use it, such as one of another
 * program that holds a network's weights and not the names of its classes. The message names what
 * is missing, and how to add it.
 */
public class IncompleteFileException extends InvalidFileException {
  private static final long serialVersionUID = 1;

  /** What the file does not say. */
  private final String missing;

  /**
   * Creates an exception.
   *
   * @param file the file
   * @param missing what it does not say, as words of a sentence: {@code its classes}
   * @param remedy the end of the sentence: what to do
   */
  public IncompleteFileException(Path file, String missing, String remedy) {
    super(file, "does not say " + missing + "; " + remedy, null);
    this.missing = missing;
  }

  /** {@return what the file does not say, as words of a sentence: {@code its classes}} */
  public String missing() {
    return missing;
  }
}
