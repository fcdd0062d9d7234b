package org.nin4j.train;

import java.io.IOException;

/** Receives the events of a training, on the thread that trains. */
@FunctionalInterface
public interface TrainingListener {
  /**
   * Receives an event. A listener that throws does not stop the training: a {@link
   * TrainingEvent.Warning} names it, and it receives no more events. Only a {@link TrainingStore}
   * ends the training by what it throws.
   *
   * @throws IOException when the listener cannot do its work
   */
  void on(TrainingEvent event) throws IOException;
}
