package org.nin4j.data;

import java.nio.file.Path;

/**
 * An image file that was left out of a data set because it cannot be read.
 *
 * @param file the file
 * @param reason what is wrong with it, to stand after the file's name
 */
public record SkippedFile(Path file, String reason) {
  /** Returns the file and the reason in one line. */
  @Override
  public String toString() {
    return file + ": " + reason;
  }
}
