package org.nin4j.data;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.nin4j.error.InvalidFileException;
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
   * Opens a data set as {@link #open(String, DataOptions)} does, with {@link DataOptions#DEFAULT}.
   *
   * @param nameOrDir the name of a data set, or the path of a folder
   * @return the data set
   * @throws IOException if there is no such data set, or one of its files cannot be read or is
   *     damaged; the message says which and what to do
   */
  public static DatasetSplits open(String nameOrDir) throws IOException {
    return open(nameOrDir, DataOptions.DEFAULT);
  }

  /**
   * Opens a data set. IDX and CIFAR files are read into memory. Image files are checked on all
   * processors, and decoded each time an image is requested. The results of the check are stored in
   * the user's cache folder, so that only new and changed files are checked the next time.
   *
   * @param nameOrDir {@code sample}, the name of a data set of the catalogue that has been fetched,
   *     or the path of a folder that contains one of
   *     <ul>
   *       <li>the four IDX files of an MNIST-like data set, plain or .gz, and optionally a file
   *           {@code classes.txt} with one class name per line (without it there are ten classes)
   *       <li>the binary files of CIFAR-10 or CIFAR-100
   *       <li>a folder {@code train} with a folder of images for each class, and next to it, with
   *           the same classes, {@code val} (or {@code valid}, {@code validation}), {@code test},
   *           or both
   *       <li>a folder of images for each class; the options say how many are held out for
   *           validation
   *     </ul>
   *
   * @param options how the data set is opened
   * @return the data set
   * @throws IOException if there is no such data set, or one of its files cannot be read or is
   *     damaged (for image files: more of them than the options tolerate), or the classes of its
   *     parts differ; the message says which and what to do
   */
  public static DatasetSplits open(String nameOrDir, DataOptions options) throws IOException {
    return open(nameOrDir, options, InspectionListener.NONE);
  }

  static DatasetSplits open(String nameOrDir, DataOptions options, InspectionListener listener)
      throws IOException {
    return open(nameOrDir, options, CacheFolder.locate(), listener);
  }

  static DatasetSplits open(
      String nameOrDir, DataOptions options, Path cache, InspectionListener listener)
      throws IOException {
    if (nameOrDir.equals(SAMPLE)) {
      return new DatasetParts(SAMPLE, sample()).complete(Path.of(SAMPLE), options);
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
      DatasetSplits splits = IdxFolder.open(folder, nameOrDir, entry.get().classes());
      return new DatasetParts(nameOrDir, splits).complete(folder, options);
    }
    Path folder = folder(nameOrDir);
    for (DatasetFormat format : DatasetFormat.all(new FileInspection(cache, listener))) {
      if (format.matches(folder)) {
        return format.open(folder, options).complete(folder, options);
      }
    }
    throw new InvalidFileException(folder, describe(folder), null);
  }

  /** Describes the content of a folder that is not a data set, for an error message. */
  private static String describe(Path folder) throws IOException {
    List<Path> entries = ClassTree.list(folder);
    if (entries.isEmpty()) {
      return "is empty; a data set needs a folder of images for each class, or IDX or CIFAR files";
    }
    long images = entries.stream().filter(ImageKind::isImageName).count();
    return images > 0
        ? String.format(
            Locale.ROOT,
            "has %,d image%s, but no folder for each class; put the images of each class into a"
                + " separate folder",
            images,
            images == 1 ? "" : "s")
        : "is not a data set: it has neither a folder of images for each class, nor the files of an"
            + " IDX or CIFAR data set";
  }

  private static Path folder(String nameOrDir) throws IOException {
    try {
      Path path = Path.of(nameOrDir);
      if (Files.isDirectory(path) && !nameOrDir.isEmpty()) {
        return path;
      }
      if (Files.isRegularFile(path)) {
        throw new IOException(
            path
                + ": is a file; give the name of a data set, or a folder of images, IDX or CIFAR files");
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
