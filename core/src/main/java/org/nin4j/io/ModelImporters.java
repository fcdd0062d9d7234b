package org.nin4j.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import org.nin4j.error.IncompleteFileException;
import org.nin4j.error.InvalidFileException;
import org.nin4j.internal.FileErrors;
import org.nin4j.internal.Quoted;
import org.nin4j.nn.Network;

/** The importers that there are. */
final class ModelImporters {
  private final ModelImporter own = new SafeTensorsFormat();

  /** Finding and loading them takes a while, so it is done for files that are not our own alone. */
  private final Supplier<List<ModelImporter>> others;

  ModelImporters(Supplier<List<ModelImporter>> others) {
    this.others = others;
  }

  static ModelImporters present() {
    ClassLoader loader = ModelImporter.class.getClassLoader();
    return new ModelImporters(
        () -> Providers.loadable(ServiceLoader.load(ModelImporter.class, loader).iterator()));
  }

  private List<ModelImporter> all() {
    List<ModelImporter> all = new ArrayList<>(List.of(own));
    all.addAll(others.get());
    return all;
  }

  /** Whether a name has an extension of a model file. */
  boolean isFileName(String name) {
    return all().stream().anyMatch(importer -> hasExtension(name, importer.extensions()));
  }

  static boolean hasExtension(String name, List<String> extensions) {
    return extensions.stream().anyMatch(name.toLowerCase(Locale.ROOT)::endsWith);
  }

  /** Does what {@link Models#read(Path, ImportOptions)} does. */
  Model read(Path file, ImportOptions options) throws IOException {
    return inMemory(
        file,
        () -> {
          try {
            return imported(file, options).complete(file, options);
          } catch (IncompleteFileException e) {
            throw ModelPart.ARCHITECTURE.isAllThatIsMissing(e)
                ? ModelPart.missing(file, options.unsaid()) // a model needs the rest, too
                : e;
          }
        });
  }

  /** Does what {@link Models#network} does. */
  Network network(Path file, ImportOptions options) throws IOException {
    return inMemory(
        file,
        () -> {
          ImportedModel imported = imported(file, options);
          imported.refuseRepetition(file, options);
          return imported.network();
        });
  }

  private ImportedModel imported(Path file, ImportOptions options) throws IOException {
    ModelImporter importer = of(file);
    if (!importer.takesDefinition()) {
      if (options.definition().isPresent()) {
        throw needless(
            file,
            importer,
            "which has no second file for the architecture",
            "--prototxt",
            "definition");
      }
      if (options.redFirst()) {
        throw needless(
            file,
            importer,
            "and the order of channels is asked for Caffe's only",
            "--red-first",
            "redFirst");
      }
    }
    return importer.read(file, options);
  }

  private static IllegalArgumentException needless(
      Path file, ModelImporter importer, String why, String option, String component) {
    return new IllegalArgumentException(
        file
            + ": is a file of "
            + importer.format()
            + ", "
            + why
            + "; leave out "
            + option
            + " (in Java: ImportOptions."
            + component
            + ")");
  }

  /** Does what {@link Models#describe} does. */
  FileDescription describe(Path file) throws IOException {
    FileDescription description = inMemory(file, () -> of(file).describe(file));
    for (TensorInfo tensor : description.tensors()) {
      try {
        tensor.bytes();
      } catch (ArithmeticException e) {
        throw new InvalidFileException(
            file,
            "tensor "
                + Quoted.text(tensor.name())
                + " is "
                + tensor
                + ", more than a file can hold; the file is damaged, write it again",
            e);
      }
    }
    return description;
  }

  /**
   * Returns the importer of a file: the first that recognizes its content or, if none does, the
   * first that has its extension, which then says what is wrong with the content.
   *
   * @throws InvalidFileException when there is none
   * @throws IOException when the file is missing or cannot be read
   */
  ModelImporter of(Path file) throws IOException {
    byte[] start = FileErrors.start(file, ModelImporter.START);
    if (own.recognizes(start)) {
      return own;
    }
    List<ModelImporter> all = all();
    for (ModelImporter importer : all) {
      if (importer.recognizes(start.clone())) {
        return importer;
      }
    }
    for (ModelImporter importer : all) {
      if (hasExtension(file.toString(), importer.extensions())) {
        return importer;
      }
    }
    throw new InvalidFileException(
        file,
        "is not a model file of a known format ("
            + Models.known(all.stream().map(ModelImporter::format).toList())
            + ")",
        null);
  }

  private interface Reading<T> {
    T run() throws IOException;
  }

  private static <T> T inMemory(Path file, Reading<T> reading) throws IOException {
    try {
      return reading.run();
    } catch (OutOfMemoryError e) {
      throw new InvalidFileException(
          file,
          "does not fit into Java's memory of "
              + (Runtime.getRuntime().maxMemory() >> 20)
              + " MiB; raise the limit with -Xmx, for nin by NIN_JAVA_OPTS=-Xmx8g",
          e);
    }
  }
}
