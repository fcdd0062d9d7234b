package org.nin4j.train;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Stores the checkpoints of a training, so that it can be resumed. A store is also a listener, and
 * may record any events that are worth keeping. The class {@code RunFolder} of the module {@code
 * org.nin4j.tracking} is a store.
 *
 * <p>An exception from a store ends the training, so that no training runs for hours whose results
 * are not kept.
 */
public interface TrainingStore extends TrainingListener {
  /**
   * Returns the checkpoint to resume from.
   *
   * @param setup the setup of the training, which must equal that of the checkpoint
   * @param warnings receives a sentence about each problem that does not prevent the training from
   *     being resumed
   * @return the newest checkpoint; empty for a new training
   * @throws IOException when the store cannot be read, or its checkpoints are of another training
   */
  Optional<Checkpoint> restore(TrainingSetup setup, Consumer<String> warnings) throws IOException;

  /**
   * Saves a checkpoint atomically: either all of it is saved or nothing.
   *
   * @param checkpoint the checkpoint, valid only during the call, because the training changes its
   *     arrays afterwards
   * @throws IOException when the checkpoint cannot be written
   */
  void save(Checkpoint checkpoint) throws IOException;
}
