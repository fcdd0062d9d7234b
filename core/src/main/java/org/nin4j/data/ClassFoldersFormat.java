package org.nin4j.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A folder with a folder of images for each class. */
final class ClassFoldersFormat implements DatasetFormat {
  private final FileInspection inspection;

  ClassFoldersFormat(FileInspection inspection) {
    this.inspection = inspection;
  }

  @Override
  public boolean matches(Path folder) throws IOException {
    return !ClassTree.folders(folder).isEmpty();
  }

  @Override
  public DatasetParts open(Path folder, DataOptions options) throws IOException {
    String name = DatasetFormat.nameOf(folder);
    ClassTree tree = ClassTree.walk(folder);
    tree.requireTwoOfEachClass(); // before the files are read
    ImageDataset images = FolderDataset.open(folder, tree, name, options, inspection);
    return new DatasetParts(name, images, Optional.empty(), Optional.empty());
  }
}
