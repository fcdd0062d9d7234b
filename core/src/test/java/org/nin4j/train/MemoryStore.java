package org.nin4j.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.nin4j.engine.Weights;

/** Stores copies of the checkpoints of a training, and all of its events, in memory. */
final class MemoryStore implements TrainingStore {
  final List<Checkpoint> checkpoints = new ArrayList<>();
  final List<TrainingEvent> events = new ArrayList<>();

  @Override
  public Optional<Checkpoint> restore(TrainingSetup setup, Consumer<String> warnings) {
    return checkpoints.isEmpty()
        ? Optional.empty()
        : Optional.of(checkpoints.get(checkpoints.size() - 1));
  }

  @Override
  public void save(Checkpoint checkpoint) {
    Map<String, Weights> moments = new HashMap<>();
    checkpoint.moments().forEach((name, values) -> moments.put(name, values.copy()));
    checkpoints.add(
        new Checkpoint(
            checkpoint.setup(),
            checkpoint.weights().copy(),
            moments,
            checkpoint.optimizerSteps(),
            checkpoint.schedule(),
            checkpoint.history(),
            checkpoint.epoch()));
  }

  @Override
  public void on(TrainingEvent event) {
    events.add(event);
  }
}
