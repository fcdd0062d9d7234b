package org.nin4j.data;

import java.util.List;
import java.util.stream.Stream;

/**
 * The files below a folder that are not among the images of its data set.
 *
 * @param damaged image files that cannot be read, in the order of their names
 * @param ignored number of files and folders that are no images by their names, or hidden
 */
public record FilesLeftOut(List<SkippedFile> damaged, int ignored) {
  /** No file was left out. */
  public static final FilesLeftOut NONE = new FilesLeftOut(List.of(), 0);

  /** Keeps a copy of the list. */
  public FilesLeftOut {
    damaged = List.copyOf(damaged);
  }

  /** Returns these files and others. */
  public FilesLeftOut and(FilesLeftOut others) {
    return new FilesLeftOut(
        Stream.concat(damaged.stream(), others.damaged.stream()).toList(),
        ignored + others.ignored);
  }
}
