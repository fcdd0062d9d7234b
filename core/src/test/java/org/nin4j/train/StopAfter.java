package org.nin4j.train;

import java.io.IOException;
import org.nin4j.train.TrainingEvent.StepDone;

/** Runs a training and stops it after a number of steps, counted from where it was resumed. */
public final class StopAfter implements TrainingListener {
  private final int steps;
  private int done;
  private Training training;

  private StopAfter(int steps) {
    this.steps = steps;
  }

  /**
   * Stops after this number of steps.
   *
   * @param steps number of steps, at least 1
   */
  public static StopAfter steps(int steps) {
    return new StopAfter(steps);
  }

  /** Runs the trainer's training. */
  public TrainingResult run(Trainer trainer) throws IOException {
    training = trainer.listen(this).prepare();
    return training.run();
  }

  @Override
  public void on(TrainingEvent event) {
    if (event instanceof StepDone && ++done == steps) {
      training.stop();
    }
  }
}
