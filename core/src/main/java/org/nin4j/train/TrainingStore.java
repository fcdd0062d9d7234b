package org.nin4j.train;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Keeps a training, so that it can be resumed: its checkpoints and, as a listener, whatever else is
 * worth keeping. The run folder of the module {@code tracking} is one.
 *
 * <p>What a store throws ends the training: nobody wants to train for hours and find nothing.
 */
public interface TrainingStore extends TrainingListener {
  /**
   * Returns the checkpoint to continue from, or nothing for a training that begins.
   *
   * @param setup of the training that is to continue; the checkpoint must be of an equal one
   * @param warnings receives a sentence about whatever was wrong and did not matter
   * @throws IOException when what is stored cannot be read, or belongs to another training
   */
  Optional<Checkpoint> restore(TrainingSetup setup, Consumer<String> warnings) throws IOException;

  /**
   * Saves a checkpoint, whole or not at all.
   *
   * @param checkpoint valid only during the call: the training goes on to change its arrays
   * @throws IOException when it cannot be written
   */
  void save(Checkpoint checkpoint) throws IOException;
}
