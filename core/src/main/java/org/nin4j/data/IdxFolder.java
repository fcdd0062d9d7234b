package org.nin4j.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nin4j.error.InvalidFileException;

/**
 * A folder with the four files of an MNIST-like data set, under the names that MNIST gave them.
 *
 * <p>A file {@code classes.txt} in the folder gives the names of the classes, one per line. Without
 * it, a folder with the name of a data set of the catalogue has the classes of that data set; other
 * folders have ten classes, named 0 to 9.
 */
final class IdxFolder {
  static final String TRAIN_IMAGES = "train-images-idx3-ubyte";
  static final String TRAIN_LABELS = "train-labels-idx1-ubyte";
  static final String TEST_IMAGES = "t10k-images-idx3-ubyte";
  static final String TEST_LABELS = "t10k-labels-idx1-ubyte";

  private static final List<String> DIGITS =
      IntStream.range(0, 10).mapToObj(Integer::toString).toList();

  private IdxFolder() {}

  static DatasetSplits open(Path folder) throws IOException {
    String name = DatasetFormat.nameOf(folder);
    return open(folder, name, classes(folder, name));
  }

  static DatasetSplits open(Path folder, String name, List<String> classes) throws IOException {
    ImageDataset train =
        Idx.read(
            find(folder, TRAIN_IMAGES), find(folder, TRAIN_LABELS), name + " (train)", classes);
    ImageDataset test =
        Idx.read(find(folder, TEST_IMAGES), find(folder, TEST_LABELS), name + " (test)", classes);
    try {
      return new DatasetSplits(train, test);
    } catch (IllegalArgumentException e) {
      throw new InvalidFileException(folder, e.getMessage(), e);
    }
  }

  /** The file of that name, or with a dot before "idx" as some copies have it, plain or .gz. */
  static Path find(Path folder, String file) throws IOException {
    return locate(folder, file)
        .orElseThrow(
            () ->
                new NoSuchFileException(
                    folder.toString(), null, "has no file " + file + " or " + file + ".gz"));
  }

  static Optional<Path> locate(Path folder, String file) {
    String dotted = file.replace("-idx", ".idx");
    return Stream.of(file, file + ".gz", dotted, dotted + ".gz")
        .map(folder::resolve)
        .filter(Files::exists)
        .findFirst();
  }

  private static List<String> classes(Path folder, String name) throws IOException {
    Path file = folder.resolve("classes.txt");
    if (!Files.exists(file)) {
      Optional<CatalogueEntry> entry = Catalogue.find(name);
      return entry.map(CatalogueEntry::classes).orElse(DIGITS);
    }
    return ClassNames.read(file);
  }
}
