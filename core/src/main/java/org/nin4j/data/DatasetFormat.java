package org.nin4j.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A format in which a data set can be stored in a folder. */
interface DatasetFormat {
  /**
   * Returns the known formats, in the order in which they are tried.
   *
   * @param inspection checks image files
   */
  static List<DatasetFormat> all(FileInspection inspection) {
    return List.of(
        new IdxFormat(),
        new Cifar10Format(),
        new Cifar100Format(),
        new SplitFoldersFormat(inspection),
        new ClassFoldersFormat(inspection));
  }

  /** Returns whether a folder appears to have this format; it may still be incomplete. */
  boolean matches(Path folder) throws IOException;

  /**
   * Opens the data set in a matching folder.
   *
   * @throws IOException if a file is missing, is damaged, cannot be read or is not consistent with
   *     the others
   */
  DatasetParts open(Path folder, DataOptions options) throws IOException;

  /** Returns the name of the data set in messages: the last name of the folder's path. */
  static String nameOf(Path folder) {
    return folder.toAbsolutePath().normalize().getFileName() + "";
  }
}
