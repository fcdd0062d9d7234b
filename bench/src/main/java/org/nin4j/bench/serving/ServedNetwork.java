package org.nin4j.bench.serving;

import java.io.IOException;
import java.nio.file.Path;
import org.nin4j.bench.rival.ServedFiles;

/**
 * A preset of one channel that is served under its own name.
 *
 * @param size height and width of its images, in pixels
 * @param folder with the {@link ServedFiles}
 */
record ServedNetwork(String name, int size, Path folder) {
  /** Writes the files. */
  static ServedNetwork write(Launcher launcher, String name, int size) throws IOException {
    Path folder = launcher.cache().resolve("serve-" + name + "-" + size);
    ServedFiles.write(folder, name, size);
    return new ServedNetwork(name, size, folder);
  }

  /** What {@code nin serve --model} takes. */
  String option() {
    return name + "=" + model();
  }

  Path model() {
    return ServedFiles.model(folder);
  }

  @Override
  public String toString() {
    return name + " at " + size;
  }
}
