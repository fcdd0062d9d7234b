package org.nin4j.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.nin4j.train.Checkpoint;
import org.nin4j.train.TrainingEvent;
import org.nin4j.train.TrainingSetup;
import org.nin4j.train.TrainingStore;

/** Takes the time of each step of a training's second epoch; the first one warms up. */
final class StepClock implements TrainingStore {
  private static final double NANOS = 1e-9;

  private final List<Double> seconds = new ArrayList<>();
  private long last;

  @Override
  public void on(TrainingEvent event) {
    if (event instanceof TrainingEvent.StepDone step) {
      long now = System.nanoTime();
      if (step.progress().epoch() == 2 && step.progress().batch() > 1) {
        seconds.add((now - last) * NANOS);
      }
      last = now;
    }
  }

  /** Seconds of a step, as a mean over all but the first one of the epoch. */
  double step() {
    return seconds.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  @Override
  public Optional<Checkpoint> restore(TrainingSetup setup, Consumer<String> warnings) {
    return Optional.empty();
  }

  @Override
  public void save(Checkpoint checkpoint) {
    // Only the time is of interest.
  }
}
