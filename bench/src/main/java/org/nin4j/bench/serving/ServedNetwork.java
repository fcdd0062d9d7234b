package org.nin4j.bench.serving;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.nin4j.Engines;
import org.nin4j.bench.rival.ServedFiles;
import org.nin4j.engine.Precision;
import org.nin4j.engine.PrecisionPolicy;

/**
 * A preset of one channel that is served under its own name.
 *
 * @param size height and width of its images, in pixels
 * @param precision that it is computed in
 * @param folder with the {@link ServedFiles}
 */
record ServedNetwork(String name, int size, Precision precision, Path folder) {
  /** Writes the files. */
  static ServedNetwork write(Launcher launcher, String name, int size, Precision precision)
      throws IOException {
    Path folder = launcher.cache().resolve("serve-" + name + "-" + size + "-" + precision);
    ServedFiles.write(folder, name, size, precision);
    return new ServedNetwork(name, size, precision, folder);
  }

  /** In the precision that this machine computes fastest, as the command line does. */
  static ServedNetwork write(Launcher launcher, String name, int size) throws IOException {
    return write(launcher, name, size, PrecisionPolicy.fastestForInference(Engines.best(), false));
  }

  /** What {@code nin serve --model} takes. */
  String option() {
    return name + "=" + model();
  }

  String precisionOption() {
    return precision.name().toLowerCase(Locale.ROOT);
  }

  Path model() {
    return ServedFiles.model(folder);
  }

  @Override
  public String toString() {
    return name + " at " + size + " in " + precision;
  }
}
