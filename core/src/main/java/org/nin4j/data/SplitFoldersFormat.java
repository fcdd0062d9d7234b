package org.nin4j.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.nin4j.error.InvalidFileException;
import org.nin4j.internal.Quoted;

/**
 * A folder {@code train} with a folder for each class, optionally next to folders with the same
 * classes for validation ({@code val}, {@code valid} or {@code validation}) and for testing ({@code
 * test}).
 */
final class SplitFoldersFormat implements DatasetFormat {
  private static final String TRAIN = "train";
  private static final List<String> VALIDATION = List.of("val", "valid", "validation");
  private static final List<String> TEST = List.of("test");

  private final FileInspection inspection;

  SplitFoldersFormat(FileInspection inspection) {
    this.inspection = inspection;
  }

  /**
   * A class may be called "train", too; then it contains no folders, but is next to other classes.
   */
  @Override
  public boolean matches(Path folder) throws IOException {
    Path train = folder.resolve(TRAIN);
    if (!Files.isDirectory(train) || ClassTree.folders(train).isEmpty()) {
      return false;
    }
    return ClassTree.folders(folder).size() == 1
        || find(folder, VALIDATION).isPresent()
        || find(folder, TEST).isPresent();
  }

  @Override
  public DatasetParts open(Path folder, DataOptions options) throws IOException {
    String name = DatasetFormat.nameOf(folder);
    ClassTree train = ClassTree.walk(folder.resolve(TRAIN));
    Optional<ClassTree> validation = walk(find(folder, VALIDATION));
    Optional<ClassTree> test = walk(find(folder, TEST));
    for (Optional<ClassTree> other : List.of(validation, test)) {
      if (other.isPresent()) {
        requireClasses(other.get(), train);
        requireClasses(train, other.get());
      }
    }
    if (validation.isEmpty() && (test.isEmpty() || options.validationPart().isPresent())) {
      train.requireTwoOfEachClass(); // before the files are read
    }
    return new DatasetParts(
        name,
        open(folder, train, name + " (train)", options),
        open(folder, validation, name + " (validation)", options),
        open(folder, test, name + " (test)", options));
  }

  /** Finds the folder with one of these names. */
  private static Optional<Path> find(Path folder, List<String> names) throws IOException {
    List<Path> found = names.stream().map(folder::resolve).filter(Files::isDirectory).toList();
    if (found.size() > 1) {
      throw new InvalidFileException(
          folder,
          String.format(
              "has both a folder %s and a folder %s for validation; keep one of them",
              ClassTree.name(found.get(0)), ClassTree.name(found.get(1))),
          null);
    }
    return found.stream().findFirst();
  }

  private static Optional<ClassTree> walk(Optional<Path> folder) throws IOException {
    return folder.isPresent() ? Optional.of(ClassTree.walk(folder.get())) : Optional.empty();
  }

  private Optional<ImageDataset> open(
      Path folder, Optional<ClassTree> tree, String name, DataOptions options) throws IOException {
    return tree.isPresent()
        ? Optional.of(open(folder, tree.get(), name, options))
        : Optional.empty();
  }

  private ImageDataset open(Path folder, ClassTree tree, String name, DataOptions options)
      throws IOException {
    return FolderDataset.open(folder, tree, name, options, inspection);
  }

  private static void requireClasses(ClassTree tree, ClassTree other) throws IOException {
    Set<String> there = Set.copyOf(tree.classes());
    for (String name : other.classes()) {
      if (!there.contains(name)) {
        throw new InvalidFileException(
            tree.root(),
            String.format(
                "has no class %s, but %s has; all parts must have the same classes",
                Quoted.text(name), other.root()),
            null);
      }
    }
  }
}
