package org.nin4j.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The binary version of CIFAR-100, with its 100 fine classes: {@code train.bin}, {@code test.bin}
 * and {@code fine_label_names.txt}.
 */
final class Cifar100Format implements DatasetFormat {
  private static final String CLASSES = "fine_label_names.txt";

  @Override
  public boolean matches(Path folder) {
    return Files.exists(folder.resolve(CLASSES)) && Files.exists(folder.resolve("train.bin"));
  }

  @Override
  public DatasetParts open(Path folder, DataOptions options) throws IOException {
    String name = DatasetFormat.nameOf(folder);
    List<String> classes = ClassNames.read(folder.resolve(CLASSES));
    return new DatasetParts(
        name,
        read(folder, "train", name, classes, options),
        Optional.empty(),
        Optional.of(read(folder, "test", name, classes, options)));
  }

  private static ImageDataset read(
      Path folder, String part, String name, List<String> classes, DataOptions options)
      throws IOException {
    Path file = Cifar10Format.find(folder, part + ".bin");
    return new CifarDataset(
        name + " (" + part + ")",
        List.of(CifarFile.read(file, 2, classes.size())),
        classes,
        options.channels());
  }
}
