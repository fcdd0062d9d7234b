package org.nin4j.tracking;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.nin4j.error.InvalidFileException;
import org.nin4j.train.Checkpoint;
import org.nin4j.train.TrainingSetup;

/**
 * The checkpoints of a training in a folder. They are named {@code
 * checkpoint-EEEE-SSSSSS.safetensors} after the number of completed epochs and of steps in the next
 * one. The last ones are kept, so that a damaged one costs an epoch, but not the training.
 *
 * <p>A {@link RunFolder} keeps its checkpoints so. This class is for other {@linkplain
 * org.nin4j.train.TrainingStore stores}.
 */
public final class Checkpoints {
  private static final String PATTERN = "checkpoint-\\d{4,9}-\\d{6,9}\\.safetensors";

  private final CheckpointFolder folder;

  /**
   * Creates the checkpoints of a folder; does not look into it yet.
   *
   * @param folder the folder
   */
  public Checkpoints(CheckpointFolder folder) {
    this.folder = folder;
  }

  /** Returns the name of the newest checkpoint, damaged or not. */
  Optional<String> newest() throws IOException {
    return newestFirst().stream().findFirst();
  }

  /**
   * Writes a checkpoint atomically, then deletes all but the last ones.
   *
   * @param checkpoint the checkpoint
   * @param kept number of checkpoints to keep, at least 1
   * @throws IOException when the checkpoint cannot be written, or an old one not be deleted
   */
  public void save(Checkpoint checkpoint, int kept) throws IOException {
    String name =
        String.format(
            Locale.ROOT,
            "checkpoint-%04d-%06d.safetensors",
            checkpoint.history().size(),
            checkpoint.epoch().steps());
    folder.write(name, checkpoint);
    deleteAllBut(kept);
  }

  /**
   * Deletes all checkpoints but the last ones; a training that was killed may have left too many.
   */
  void deleteAllBut(int kept) throws IOException {
    List<String> newestFirst = newestFirst();
    for (String old : newestFirst.subList(Math.min(kept, newestFirst.size()), newestFirst.size())) {
      folder.delete(old);
    }
  }

  /**
   * Returns the newest checkpoint that is not damaged.
   *
   * @param setup the setup of the training that is to resume from it
   * @param warnings receives a sentence about each damaged checkpoint that is skipped
   * @return the checkpoint; empty when there are no checkpoints
   * @throws InvalidFileException when all checkpoints are damaged
   * @throws IOException when the checkpoint is of another training, with the first difference, or
   *     the folder cannot be listed
   */
  public Optional<Checkpoint> restore(TrainingSetup setup, Consumer<String> warnings)
      throws IOException {
    List<String> damaged = new ArrayList<>();
    IOException newest = null;
    for (String candidate : newestFirst()) {
      Checkpoint checkpoint;
      try {
        checkpoint = folder.read(candidate);
      } catch (IOException e) {
        damaged.add(candidate);
        newest = newest == null ? e : newest;
        warnings.accept("a checkpoint is damaged (" + e.getMessage() + ")");
        continue;
      }
      Optional<String> difference = SetupDifference.first(checkpoint.setup(), setup);
      if (difference.isPresent()) {
        throw new IOException(
            folder.path(candidate)
                + ": the checkpoint is of a training with "
                + difference.get()
                + "; start a new run in another folder");
      }
      for (String each : damaged) {
        // so that it does not count as one of those that are kept
        folder.rename(each, each + ".damaged");
      }
      if (!damaged.isEmpty()) {
        warnings.accept("falling back to " + candidate);
      }
      return Optional.of(checkpoint);
    }
    if (!damaged.isEmpty()) {
      throw InvalidFileException.in(
          folder.path(),
          OptionalLong.empty(),
          "all checkpoints are damaged; start a new run in another folder",
          newest);
    }
    return Optional.empty();
  }

  private List<String> newestFirst() throws IOException {
    List<String> found =
        new ArrayList<>(folder.names().stream().filter(name -> name.matches(PATTERN)).toList());
    found.sort(Comparator.comparing(Checkpoints::position).reversed());
    return found;
  }

  /** Returns a number that grows with the epochs and steps done. */
  private static long position(String checkpoint) {
    String[] parts = checkpoint.split("[-.]", -1);
    return Long.parseLong(parts[1]) * 1_000_000_000L + Long.parseLong(parts[2]);
  }
}
