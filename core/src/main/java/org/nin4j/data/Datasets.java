package org.nin4j.data;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import org.nin4j.internal.CacheFolder;

/** Opens data sets: the embedded sample, those of the {@link Catalogue}, and folders of files. */
public final class Datasets {
  private static final String SAMPLE = "sample";

  private Datasets() {}

  /**
   * {@return the embedded sample of Fashion-MNIST: 10,000 training and 2,000 test images of 1x28x28
   * pixels, an equal number of each of the ten classes}
   */
  public static DatasetSplits sample() {
    try {
      return new DatasetSplits(
          sample("sample (train)", IdxFolder.TRAIN_IMAGES, IdxFolder.TRAIN_LABELS),
          sample("sample (test)", IdxFolder.TEST_IMAGES, IdxFolder.TEST_LABELS));
    } catch (IOException e) {
      throw new UncheckedIOException("the embedded sample cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Opens a data set and reads its images into memory.
   *
   * @param nameOrDir {@code sample}; the name of a data set of the catalogue that has been fetched;
   *     or a folder with the four IDX files of an MNIST-like data set, plain or .gz, and perhaps a
   *     file {@code classes.txt} that names the classes, one a line (without it there are ten)
   * @return the data set, without validation images
   * @throws IOException if there is no such data set, or one of its files cannot be read or is
   *     damaged; the message says which and what to do
   */
  public static DatasetSplits open(String nameOrDir) throws IOException {
    return open(nameOrDir, CacheFolder.locate());
  }

  static DatasetSplits open(String nameOrDir, Path cache) throws IOException {
    if (nameOrDir.equals(SAMPLE)) {
      return sample();
    }
    Optional<CatalogueEntry> entry = Catalogue.find(nameOrDir);
    if (entry.isPresent()) {
      Path folder = cache.resolve(nameOrDir);
      if (!Files.isDirectory(folder)) {
        throw new IOException(
            nameOrDir
                + " is not in "
                + cache
                + " yet; fetch it with: nin data fetch "
                + nameOrDir
                + (Files.isDirectory(Path.of(nameOrDir))
                    ? " (or write ./" + nameOrDir + " for the folder here)"
                    : ""));
      }
      return IdxFolder.open(folder, nameOrDir, entry.get().classes());
    }
    return IdxFolder.open(folder(nameOrDir));
  }

  private static Path folder(String nameOrDir) throws IOException {
    try {
      Path path = Path.of(nameOrDir);
      if (Files.isDirectory(path) && !nameOrDir.isEmpty()) {
        return path;
      }
      if (Files.isRegularFile(path)) {
        throw new IOException(
            path + ": is a file; a data set is a name or a folder with the four IDX files");
      }
    } catch (InvalidPathException e) {
      // Not a path on this system; the sentence below serves.
    }
    throw new IOException(
        "there is no data set or folder '"
            + nameOrDir
            + "'; known names: sample, "
            + Catalogue.entries().stream()
                .map(CatalogueEntry::name)
                .collect(Collectors.joining(", ")));
  }

  private static ImageDataset sample(String name, String images, String labels) throws IOException {
    try (InputStream pixels = resource(images);
        InputStream numbers = resource(labels)) {
      return new IdxDataset(
          name,
          Idx.readImages(pixels, images),
          Idx.readLabels(numbers, labels, Catalogue.FASHION_CLASSES.size()),
          Catalogue.FASHION_CLASSES);
    }
  }

  private static InputStream resource(String file) throws IOException {
    InputStream in = Datasets.class.getResourceAsStream("sample/" + file + ".gz");
    if (in == null) {
      throw new FileNotFoundException(file + ".gz is missing from the library");
    }
    return in;
  }
}
