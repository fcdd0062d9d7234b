package org.nin4j.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A way in which a data set lies in a folder. */
interface DatasetFormat {
  /**
   * The known formats, in the order in which they are tried.
   *
   * @param cache the folder that keeps what is known of image files
   */
  static List<DatasetFormat> all(Path cache) {
    return List.of(
        new IdxFormat(),
        new Cifar10Format(),
        new Cifar100Format(),
        new SplitFoldersFormat(cache),
        new ClassFoldersFormat(cache));
  }

  /** Whether the folder looks like this format; it may still turn out to be incomplete. */
  boolean matches(Path folder) throws IOException;

  /**
   * Opens the data set in a folder that matches.
   *
   * @throws IOException if a file is missing, damaged or cannot be read, or does not fit the others
   */
  DatasetParts open(Path folder, DataOptions options) throws IOException;

  /** What messages call the data set in a folder: the folder's own name. */
  static String nameOf(Path folder) {
    return folder.toAbsolutePath().normalize().getFileName() + "";
  }
}
