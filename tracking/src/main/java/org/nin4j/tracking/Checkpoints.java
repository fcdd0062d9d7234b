package org.nin4j.tracking;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.nin4j.error.InvalidFileException;
import org.nin4j.train.Checkpoint;
import org.nin4j.train.TrainingSetup;

/**
 * The checkpoints in a run folder. They are named {@code checkpoint-EEEE-SSSSSS.safetensors} after
 * the number of completed epochs and of steps in the next one. The last ones are kept, so that a
 * damaged one costs an epoch, but not the training.
 */
final class Checkpoints {
  private static final String PATTERN = "checkpoint-\\d{4,9}-\\d{6,9}\\.safetensors";

  private final Path folder;

  Checkpoints(Path folder) {
    this.folder = folder;
  }

  boolean isEmpty() throws IOException {
    return newestFirst().isEmpty();
  }

  /** Returns the newest checkpoint, damaged or not. */
  Optional<Path> newest() throws IOException {
    return newestFirst().stream().findFirst();
  }

  /**
   * Writes a checkpoint atomically, then deletes all but the last ones.
   *
   * @param kept number of checkpoints to keep, at least 1
   */
  void save(Checkpoint checkpoint, int kept) throws IOException {
    String name =
        String.format(
            Locale.ROOT,
            "checkpoint-%04d-%06d.safetensors",
            checkpoint.history().size(),
            checkpoint.epoch().steps());
    CheckpointFile.write(folder.resolve(name), checkpoint);
    deleteAllBut(kept);
  }

  /**
   * Deletes all checkpoints but the last ones; a training that was killed may have left too many.
   */
  void deleteAllBut(int kept) throws IOException {
    List<Path> newestFirst = newestFirst();
    for (Path old : newestFirst.subList(Math.min(kept, newestFirst.size()), newestFirst.size())) {
      Files.deleteIfExists(old);
    }
  }

  /**
   * Returns the newest checkpoint that is not damaged; empty when there are no checkpoints.
   *
   * @param warnings receives a sentence about each damaged checkpoint that is skipped
   * @throws InvalidFileException when all checkpoints are damaged
   * @throws IOException when the checkpoint is of another training
   */
  Optional<Checkpoint> restore(TrainingSetup setup, Consumer<String> warnings) throws IOException {
    List<Path> damaged = new ArrayList<>();
    IOException newest = null;
    for (Path candidate : newestFirst()) {
      Checkpoint checkpoint;
      try {
        checkpoint = CheckpointFile.read(candidate);
      } catch (IOException e) {
        damaged.add(candidate);
        newest = newest == null ? e : newest;
        warnings.accept("a checkpoint is damaged (" + e.getMessage() + ")");
        continue;
      }
      Optional<String> difference = SetupDifference.first(checkpoint.setup(), setup);
      if (difference.isPresent()) {
        throw new IOException(
            candidate
                + ": the checkpoint is of a training with "
                + difference.get()
                + "; start a new run in another folder");
      }
      for (Path each : damaged) {
        rename(each);
      }
      if (!damaged.isEmpty()) {
        warnings.accept("falling back to " + candidate.getFileName());
      }
      return Optional.of(checkpoint);
    }
    if (!damaged.isEmpty()) {
      throw new InvalidFileException(
          folder, "all checkpoints are damaged; start a new run in another folder", newest);
    }
    return Optional.empty();
  }

  /** Renames a damaged checkpoint, so that it does not count as one of those that are kept. */
  private static void rename(Path damaged) throws IOException {
    Path renamed = damaged.resolveSibling(damaged.getFileName() + ".damaged");
    Files.move(damaged, renamed, StandardCopyOption.REPLACE_EXISTING);
  }

  private List<Path> newestFirst() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> found =
          new ArrayList<>(
              files.filter(file -> file.getFileName().toString().matches(PATTERN)).toList());
      found.sort(Comparator.comparing(Checkpoints::position).reversed());
      return found;
    }
  }

  /** Returns a number that grows with the epochs and steps done. */
  private static long position(Path checkpoint) {
    String[] parts = checkpoint.getFileName().toString().split("[-.]", -1);
    return Long.parseLong(parts[1]) * 1_000_000_000L + Long.parseLong(parts[2]);
  }
}
