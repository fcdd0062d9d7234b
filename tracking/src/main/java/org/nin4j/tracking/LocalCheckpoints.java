package org.nin4j.tracking;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.nin4j.train.Checkpoint;

/** A folder for checkpoints on this machine. */
record LocalCheckpoints(Path folder) implements CheckpointFolder {
  @Override
  public List<String> names() throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  @Override
  public void write(String name, Checkpoint checkpoint) throws IOException {
    CheckpointFile.write(folder.resolve(name), checkpoint);
  }

  @Override
  public Checkpoint read(String name) throws IOException {
    return CheckpointFile.read(folder.resolve(name));
  }

  @Override
  public void rename(String name, String newName) throws IOException {
    Files.move(folder.resolve(name), folder.resolve(newName), StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void delete(String name) throws IOException {
    Files.deleteIfExists(folder.resolve(name));
  }

  @Override
  public String path() {
    return folder.toString();
  }

  @Override
  public String path(String name) {
    return folder.resolve(name).toString();
  }
}
