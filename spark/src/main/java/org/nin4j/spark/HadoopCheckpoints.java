package org.nin4j.spark;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.nin4j.tracking.Checkpoints;
import org.nin4j.train.Checkpoint;
import org.nin4j.train.TrainingEvent;
import org.nin4j.train.TrainingSetup;
import org.nin4j.train.TrainingStore;

/**
 * Keeps the last two checkpoints of a training in a folder of any Hadoop file system, from which
 * the training resumes when its driver was killed. They are the checkpoint files of a run folder.
 */
final class HadoopCheckpoints implements TrainingStore {
  private static final int KEPT = 2;

  private final Checkpoints checkpoints;
  private final int interval;

  /**
   * Creates a store; looks into the folder only when the training begins.
   *
   * @param folder the path of the folder, which is created with the first checkpoint; without a
   *     scheme it is on Hadoop's default file system
   * @param interval a checkpoint is saved after each epoch whose number is a multiple of it, and
   *     after the last one; at least 1
   * @param hadoop where the file systems are configured
   * @throws IllegalArgumentException when the folder is not a path or the interval is below 1
   * @throws IOException when the file system cannot be used: one sentence that starts with the path
   */
  HadoopCheckpoints(String folder, int interval, Configuration hadoop) throws IOException {
    if (interval < 1) {
      throw new IllegalArgumentException(
          "checkpointInterval must be at least 1, but is " + interval);
    }
    this.interval = interval;
    checkpoints = new Checkpoints(new HadoopFolder(folder, hadoop));
  }

  @Override
  public Optional<Checkpoint> restore(TrainingSetup setup, Consumer<String> warnings)
      throws IOException {
    return checkpoints.restore(setup, warnings);
  }

  @Override
  public void save(Checkpoint checkpoint) throws IOException {
    if (isDue(checkpoint)) {
      checkpoints.save(checkpoint, KEPT);
    }
  }

  private boolean isDue(Checkpoint checkpoint) {
    int epochs = checkpoint.history().size();
    boolean stopped = checkpoint.epoch().steps() > 0; // in the midst of an epoch
    return stopped || epochs % interval == 0 || epochs == checkpoint.setup().recipe().epochs();
  }

  @Override
  public void on(TrainingEvent event) {
    // Only checkpoints are kept.
  }
}
