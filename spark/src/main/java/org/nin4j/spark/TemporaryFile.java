package org.nin4j.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A local file for what can only be written to and read from one. */
final class TemporaryFile {
  private TemporaryFile() {}

  /** What is done with the file, which need not exist yet. */
  @FunctionalInterface
  interface Use<T> {
    T use(Path file) throws IOException;
  }

  /**
   * Uses a file, and deletes it.
   *
   * @param name the last name of its path
   */
  static <T> T use(String name, Use<T> use) throws IOException {
    Path folder = Files.createTempDirectory("nin4j-");
    Path file = folder.resolve(name);
    try {
      return use.use(file);
    } finally {
      Files.deleteIfExists(file);
      Files.delete(folder);
    }
  }
}
