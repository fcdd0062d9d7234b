package org.nin4j.data;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.nin4j.error.InvalidFileException;
import org.nin4j.internal.FileErrors;
import org.nin4j.internal.Quoted;

/**
 * The content of a folder of classes: each folder in it is a class, and all images below that
 * folder belong to the class. Links are followed. Hidden files, and files whose names are not those
 * of images, are ignored.
 *
 * @param root the folder of classes
 * @param classes names of the classes, in the order of their bytes in UTF-8
 * @param images by class, and within a class by name
 * @param ignored number of files and folders that were ignored
 */
record ClassTree(Path root, List<String> classes, List<ImageEntry> images, int ignored) {
  /** A folder of metadata that macOS adds to archives. */
  private static final String MACOS_EXTRAS = "__MACOSX";

  /**
   * Lists all files below a folder without reading them.
   *
   * @throws IOException if a folder cannot be read, a link leads back to a folder around it, a name
   *     is not UTF-8, or there are fewer than two classes
   */
  static ClassTree walk(Path root) throws IOException {
    List<Path> folders = new ArrayList<>(folders(root));
    for (Path folder : folders) {
      requireUtf8(folder);
    }
    int ignored = list(root).size() - folders.size();
    folders.sort(Comparator.comparing(ClassTree::name, CodePointOrder.INSTANCE));
    List<String> classes = folders.stream().map(ClassTree::name).toList();
    if (classes.size() == 1) {
      throw new InvalidFileException(
          root,
          "has only one folder, "
              + Quoted.text(classes.get(0))
              + "; at least two are needed, one for each class",
          null);
    }
    List<ImageEntry> images = new ArrayList<>();
    for (int label = 0; label < folders.size(); label++) {
      Visitor visitor = new Visitor(root, label);
      Files.walkFileTree(
          folders.get(label), EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, visitor);
      visitor.images.sort(Comparator.comparing(ImageEntry::name, CodePointOrder.INSTANCE));
      images.addAll(visitor.images);
      ignored += visitor.ignored;
    }
    return new ClassTree(root, classes, images, ignored);
  }

  /**
   * Requires at least two images in each class, because one of them is held out for validation.
   *
   * @throws InvalidFileException if a class has only one; the message names it
   */
  void requireTwoOfEachClass() throws InvalidFileException {
    int[] counts = new int[classes.size()];
    images.forEach(image -> counts[image.label()]++);
    try {
      Holdout.requireTwoOfEach(classes, counts);
    } catch (IllegalArgumentException e) {
      throw new InvalidFileException(root, e.getMessage(), e);
    }
  }

  /** The folders in a folder that are not hidden, in no particular order. */
  static List<Path> folders(Path folder) throws IOException {
    return list(folder).stream()
        .filter(entry -> !isHidden(entry) && Files.isDirectory(entry))
        .toList();
  }

  /** The entries of a folder, in no particular order. */
  static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    } catch (FileSystemException e) {
      throw FileErrors.reading(folder, e);
    }
  }

  static boolean isHidden(Path entry) {
    return name(entry).startsWith(".") || name(entry).equals(MACOS_EXTRAS);
  }

  static String name(Path entry) {
    return entry.getFileName().toString();
  }

  /** Java replaces bytes that it cannot decode with U+FFFD. */
  private static void requireUtf8(Path entry) throws IOException {
    if (name(entry).indexOf('\uFFFD') >= 0) {
      throw new InvalidFileException(
          entry,
          "the name is not text in UTF-8, or Java was started without a UTF-8 locale; rename it, or"
              + " set LC_ALL=C.UTF-8",
          null);
    }
  }

  private static final class Visitor extends SimpleFileVisitor<Path> {
    private final Path root;
    private final int label;
    private final List<ImageEntry> images = new ArrayList<>();
    private int ignored;

    Visitor(Path root, int label) {
      this.root = root;
      this.label = label;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      if (isHidden(folder)) {
        ignored++;
        return FileVisitResult.SKIP_SUBTREE;
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      boolean device = attributes.isOther(); // a pipe would never come to its end
      if (device || isHidden(file) || !ImageKind.isImageName(file)) {
        ignored++;
        return FileVisitResult.CONTINUE;
      }
      String name =
          root.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
      if (name.indexOf('\uFFFD') >= 0) {
        for (Path part = file; !part.equals(root); part = part.getParent()) {
          requireUtf8(part);
        }
      }
      images.add(
          new ImageEntry(
              file, name, label, attributes.size(), attributes.lastModifiedTime().toMillis()));
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
      if (e instanceof FileSystemLoopException) {
        Path link = file; // that leads to a folder around it, or below such a link
        while (!Files.isSymbolicLink(link) && !link.equals(root)) {
          link = link.getParent();
        }
        throw new InvalidFileException(
            link, "is a link to a folder that contains it; remove the link", e);
      }
      throw FileErrors.reading(file, e);
    }
  }
}
