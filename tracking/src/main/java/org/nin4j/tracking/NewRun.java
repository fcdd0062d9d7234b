package org.nin4j.tracking;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Prepares a folder for a new run.
 *
 * @param files the files of the run
 */
record NewRun(RunFiles files) {
  /**
   * Checks that the folder can be created, and that there is no run in it.
   *
   * @throws IOException when a training could not start in it
   */
  void requireUsable() throws IOException {
    Path folder = files.folder();
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw isFile(null);
    }
    requireEmpty();
    Path existing = folder.toAbsolutePath();
    while (existing != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    if (existing == null || !Files.isDirectory(existing) || !Files.isWritable(existing)) {
      throw unusable(null);
    }
  }

  /** Checks that there is no run in the folder, if it exists at all. */
  void requireEmpty() throws IOException {
    for (Path file : files.ofARun()) {
      if (Files.exists(file)) {
        throw new IOException(
            files.folder()
                + ": already holds a run ("
                + file.getFileName()
                + "); resume it, or choose another folder");
      }
    }
    if (new Checkpoints(new LocalCheckpoints(files.folder())).newest().isPresent()) {
      throw new IOException(
          files.folder() + ": holds checkpoints of another training; choose another folder");
    }
  }

  /** Creates the folder unless it exists. */
  void create() throws IOException {
    try {
      Files.createDirectories(files.folder());
    } catch (FileAlreadyExistsException e) {
      throw isFile(e);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private IOException isFile(IOException cause) {
    return new IOException(files.folder() + ": is a file; choose a folder for the run", cause);
  }

  private IOException unusable(IOException cause) {
    return new IOException(
        files.folder() + ": the folder cannot be created; choose another path", cause);
  }
}
