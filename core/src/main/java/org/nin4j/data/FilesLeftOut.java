package org.nin4j.data;

import java.util.List;
import java.util.stream.Stream;

/**
 * The files in a folder that are not part of its data set.
 *
 * @param damaged the image files that cannot be read, in the order of their names
 * @param ignored number of files and folders that are hidden, or whose names are not those of
 *     images
 */
public record FilesLeftOut(List<SkippedFile> damaged, int ignored) {
  /** No file was left out. */
  public static final FilesLeftOut NONE = new FilesLeftOut(List.of(), 0);

  /**
   * Copies the list.
   *
   * @param damaged the image files that cannot be read, in the order of their names
   * @param ignored number of files and folders that are hidden, or whose names are not those of
   *     images
   */
  public FilesLeftOut {
    damaged = List.copyOf(damaged);
  }

  /**
   * Combines the files that were left out of two parts of a data set.
   *
   * @param others the files that follow these
   * @return the damaged files of both, and the sum of the ignored ones
   */
  public FilesLeftOut and(FilesLeftOut others) {
    return new FilesLeftOut(
        Stream.concat(damaged.stream(), others.damaged.stream()).toList(),
        ignored + others.ignored);
  }
}
