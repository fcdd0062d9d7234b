package org.nin4j.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The four IDX files of an MNIST-like data set. */
final class IdxFormat implements DatasetFormat {
  @Override
  public boolean matches(Path folder) {
    return List.of(
            IdxFolder.TRAIN_IMAGES,
            IdxFolder.TRAIN_LABELS,
            IdxFolder.TEST_IMAGES,
            IdxFolder.TEST_LABELS)
        .stream()
        .anyMatch(file -> IdxFolder.locate(folder, file).isPresent());
  }

  @Override
  public DatasetParts open(Path folder, DataOptions options) throws IOException {
    return new DatasetParts(DatasetFormat.nameOf(folder), IdxFolder.open(folder));
  }
}
