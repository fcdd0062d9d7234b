package org.nin4j.data;

import java.nio.file.Path;

/**
 * An image file that was left out of a data set because it cannot be read.
 *
 * @param file the file
 * @param reason what is wrong with the file, as a predicate such as {@code is empty}
 */
public record SkippedFile(Path file, String reason) {
  /** {@return the path of the file and the reason in one line} */
  @Override
  public String toString() {
    return file + ": " + reason;
  }
}
