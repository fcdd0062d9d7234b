package org.nin4j.train;

import java.io.IOException;
import org.nin4j.train.TrainingEvent.StepDone;

/**
 * Runs a training and ends it without any cleanup after a number of steps, like a process that is
 * killed.
 */
public final class KillAfter implements TrainingListener {
  private final int steps;
  private int done;

  private KillAfter(int steps) {
    this.steps = steps;
  }

  /** Is caught by nobody but {@link #run}. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1;
  }

  /**
   * Kills after this number of steps.
   *
   * @param steps number of steps, at least 1
   */
  public static KillAfter steps(int steps) {
    return new KillAfter(steps);
  }

  /** Runs the trainer's training, which must have enough steps. */
  public void run(Trainer trainer) throws IOException {
    try {
      trainer.listen(this).train();
    } catch (Killed e) {
      return;
    }
    throw new AssertionError("the training had only " + done + " steps");
  }

  @Override
  public void on(TrainingEvent event) {
    if (event instanceof StepDone && ++done == steps) {
      throw new Killed();
    }
  }
}
