package org.nin4j.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The binary version of CIFAR-10: {@code data_batch_1.bin} to {@code data_batch_5.bin}, {@code
 * test_batch.bin} and {@code batches.meta.txt}.
 */
final class Cifar10Format implements DatasetFormat {
  private static final int BATCHES = 5;
  private static final String CLASSES = "batches.meta.txt";

  @Override
  public boolean matches(Path folder) {
    return Files.exists(folder.resolve(batch(1)));
  }

  @Override
  public DatasetParts open(Path folder, DataOptions options) throws IOException {
    String name = DatasetFormat.nameOf(folder);
    List<String> classes = ClassNames.read(find(folder, CLASSES));
    List<CifarFile> train = new ArrayList<>();
    for (int b = 1; b <= BATCHES; b++) {
      train.add(CifarFile.read(find(folder, batch(b)), 1, classes.size()));
    }
    CifarFile test = CifarFile.read(find(folder, "test_batch.bin"), 1, classes.size());
    return new DatasetParts(
        name,
        new CifarDataset(name + " (train)", train, classes, options.channels()),
        Optional.empty(),
        Optional.of(
            new CifarDataset(name + " (test)", List.of(test), classes, options.channels())));
  }

  private static String batch(int number) {
    return "data_batch_" + number + ".bin";
  }

  static Path find(Path folder, String file) throws IOException {
    Path path = folder.resolve(file);
    if (!Files.exists(path)) {
      throw new NoSuchFileException(folder.toString(), null, "has no file " + file);
    }
    return path;
  }
}
