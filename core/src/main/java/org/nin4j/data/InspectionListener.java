package org.nin4j.data;

import java.nio.file.Path;

/** Receives the progress of checking the image files of a folder. */
@FunctionalInterface
public interface InspectionListener {
  /** Does nothing. */
  InspectionListener NONE = (folder, inspected, total) -> {};

  /**
   * Called before the first file and after each file, on any thread, but one call at a time. Files
   * whose results are known from an earlier start are not counted.
   *
   * @param folder the folder of classes, such as {@code my-photos/train}
   * @param inspected number of files checked so far
   * @param total number of files to check in this folder, at least 1
   */
  void progress(Path folder, int inspected, int total);
}
