package org.nin4j.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nin4j.train.TrainingEvent.Failed;
import org.nin4j.train.TrainingEvent.Warning;

/**
 * Publishes events to the store and to all listeners. The training fails when the store does; a
 * listener that fails is removed.
 */
final class Listeners {
  private final Optional<TrainingStore> store;
  private final List<TrainingListener> others;

  Listeners(Optional<TrainingStore> store, List<TrainingListener> others) {
    this.store = store;
    this.others = new ArrayList<>(others);
  }

  /**
   * Publishes an event.
   *
   * @throws IOException when the store fails to process it
   */
  void publish(TrainingEvent event) throws IOException {
    if (store.isPresent()) {
      store.get().on(event);
    }
    for (TrainingListener listener : List.copyOf(others)) {
      try {
        listener.on(event);
      } catch (IOException | RuntimeException e) {
        others.removeIf(other -> other == listener);
        publish(
            new Warning(
                listener.name()
                    + " failed without affecting the training ("
                    + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage())
                    + ")"));
      }
    }
  }

  /** Publishes a failure. What is thrown meanwhile is added to it as suppressed. */
  void publishFailure(Throwable failure) {
    try {
      publish(new Failed(failure));
    } catch (IOException | RuntimeException e) {
      failure.addSuppressed(e);
    }
  }
}
