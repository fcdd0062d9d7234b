package org.nin4j.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The checkpoints of a training, in its run folder: {@code checkpoint-EEEE-BBBBBB.safetensors}
 * after so many epochs and batches. The last two are kept, so that a damaged one costs an epoch and
 * not the training.
 */
final class Checkpoints {
  private static final int KEPT = 2;
  private static final String PATTERN = "checkpoint-\\d{4,9}-\\d{6,9}\\.safetensors";

  private final Path folder;
  private final TrainingSetup setup;

  Checkpoints(Path folder, TrainingSetup setup) {
    this.folder = folder;
    this.setup = setup;
  }

  /** Writes the state whole or not at all, then forgets all but the last two. */
  void save(TrainingState state) throws IOException {
    String name =
        String.format(Locale.ROOT, "checkpoint-%04d-%06d.safetensors", state.epoch(), state.batch);
    CheckpointFile.write(folder.resolve(name), setup, state);
    List<Path> newestFirst = newestFirst();
    for (Path old : newestFirst.subList(Math.min(KEPT, newestFirst.size()), newestFirst.size())) {
      Files.deleteIfExists(old);
    }
  }

  /**
   * Brings a fresh state to where the newest sound checkpoint left it.
   *
   * @param warnings told of each damaged checkpoint that is passed over
   * @return whether there was one
   * @throws IOException when a checkpoint belongs to another training, or all are damaged
   */
  boolean restore(TrainingState state, Consumer<String> warnings) throws IOException {
    List<Path> damaged = new ArrayList<>();
    for (Path candidate : newestFirst()) {
      try {
        CheckpointFile checkpoint = CheckpointFile.read(candidate);
        requireSameSetup(checkpoint, candidate);
        checkpoint.copyTo(state);
      } catch (DamagedCheckpointException e) {
        damaged.add(candidate);
        warnings.accept("a checkpoint is damaged (" + e.getMessage() + ")");
        continue;
      }
      for (Path each : damaged) {
        setAside(each);
      }
      if (!damaged.isEmpty()) {
        warnings.accept("falling back to " + candidate.getFileName());
      }
      return true;
    }
    if (!damaged.isEmpty()) {
      throw new IOException(folder + ": all checkpoints are damaged; start again with a new run");
    }
    return false;
  }

  private void requireSameSetup(CheckpointFile checkpoint, Path path) throws IOException {
    String difference = setup.differenceTo(checkpoint.setup());
    if (difference != null) {
      throw new IOException(
          path
              + ": the checkpoint is of a training with "
              + difference
              + "; start a new run in another folder");
    }
  }

  /** So that it does not count as one of those that are kept. */
  private static void setAside(Path damaged) throws IOException {
    Path aside = damaged.resolveSibling(damaged.getFileName() + ".damaged");
    Files.move(damaged, aside, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * For a training that begins anew.
   *
   * @throws IOException when there are checkpoints already, which it would push out
   */
  void requireNone() throws IOException {
    if (!newestFirst().isEmpty()) {
      throw new IOException(
          folder + ": holds checkpoints of another training; resume it, or name another folder");
    }
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

  /** Epochs and batches done, as one number. */
  private static long position(Path checkpoint) {
    String[] parts = checkpoint.getFileName().toString().split("[-.]", -1);
    return Long.parseLong(parts[1]) * 1_000_000_000L + Long.parseLong(parts[2]);
  }
}
