package org.nin4j.train;

import java.io.IOException;

/**
 * Receives the events of a training, on the thread that trains. Listeners should return quickly,
 * because the training waits for them.
 */
@FunctionalInterface
public interface TrainingListener {
  /**
   * Receives an event. An exception from a listener does not end the training: a {@link
   * TrainingEvent.Warning} names the listener, and it receives no more events. Only an exception
   * from a {@link TrainingStore} ends the training.
   *
   * @param event what has happened
   * @throws IOException when the listener cannot process the event
   */
  void on(TrainingEvent event) throws IOException;

  /**
   * Returns what a warning calls the listener when it has failed, such as {@code the report}.
   *
   * @return a noun with an article; by default, it contains the name of the class
   */
  default String name() {
    return "the listener " + getClass().getName();
  }
}
