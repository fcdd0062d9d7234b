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
 * the number of completed epochs and of steps in the next one. The last two are kept, so that a
 * damaged one costs an epoch, but not the training.
 */
final class Checkpoints {
  private static final int KEPT = 2;
  private static final String PATTERN = "checkpoint-\\d{4,9}-\\d{6,9}\\.safetensors";

  private final Path folder;

  Checkpoints(Path folder) {
    this.folder = folder;
  }

  boolean isEmpty() throws IOException {
    return newestFirst().isEmpty();
  }

  /** Writes a checkpoint atomically, then deletes all but the last two. */
  void save(Checkpoint checkpoint) throws IOException {
    String name =
        String.format(
            Locale.ROOT,
            "checkpoint-%04d-%06d.safetensors",
            checkpoint.history().size(),
            checkpoint.epoch().steps());
    CheckpointFile.write(folder.resolve(name), checkpoint);
    List<Path> newestFirst = newestFirst();
    for (Path old : newestFirst.subList(Math.min(KEPT, newestFirst.size()), newestFirst.size())) {
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
      requireSame(setup, checkpoint.setup(), candidate);
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

  private static void requireSame(TrainingSetup wanted, TrainingSetup found, Path checkpoint)
      throws IOException {
    Optional<String> difference = difference(wanted, found);
    if (difference.isPresent()) {
      throw new IOException(
          checkpoint
              + ": the checkpoint is of a training with "
              + difference.get()
              + "; start a new run in another folder");
    }
  }

  /** Describes the first difference between two setups, if there is any. */
  private static Optional<String> difference(TrainingSetup wanted, TrainingSetup found) {
    if (!wanted.network().equals(found.network())) {
      return Optional.of("another network");
    }
    if (!wanted.recipe().equals(found.recipe())) {
      return Optional.of("another recipe");
    }
    if (wanted.seed() != found.seed()) {
      return Optional.of("seed " + found.seed() + " instead of " + wanted.seed());
    }
    if (wanted.precision() != found.precision()) {
      return Optional.of("precision " + found.precision() + " instead of " + wanted.precision());
    }
    if (!wanted.start().equals(found.start())) {
      return Optional.of("another start");
    }
    if (!wanted.frozen().equals(found.frozen())) {
      return Optional.of("other frozen layers");
    }
    return wanted.fingerprint().equals(found.fingerprint())
        ? Optional.empty()
        : Optional.of("other images");
  }

  /** Renames a damaged checkpoint, so that it does not count as one of the two that are kept. */
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
