package org.nin4j.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nin4j.train.TrainingEvent.Failed;
import org.nin4j.train.TrainingEvent.Warning;

/** Passes events on: to the store, whose failure is the training's, and to all other listeners. */
final class Listeners {
  private final Optional<TrainingStore> store;
  private final List<TrainingListener> others;

  Listeners(Optional<TrainingStore> store, List<TrainingListener> others) {
    this.store = store;
    this.others = new ArrayList<>(others);
  }

  /**
   * Passes an event on.
   *
   * @throws IOException when the store cannot keep it
   */
  void tell(TrainingEvent event) throws IOException {
    if (store.isPresent()) {
      store.get().on(event);
    }
    for (TrainingListener listener : List.copyOf(others)) {
      try {
        listener.on(event);
      } catch (IOException | RuntimeException e) {
        others.removeIf(other -> other == listener);
        tell(
            new Warning(
                "the listener "
                    + listener.getClass().getName()
                    + " failed and receives no more events ("
                    + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage())
                    + ")"));
      }
    }
  }

  /** Passes a failure on; what goes wrong meanwhile is added to it. */
  void fail(Throwable failure) {
    try {
      tell(new Failed(failure));
    } catch (IOException | RuntimeException e) {
      failure.addSuppressed(e);
    }
  }
}
