package org.nin4j.engine.internal;

import org.nin4j.engine.Gradients;
import org.nin4j.error.ClosedException;

/**
 * How far a plan has come: the same order of calls for every engine. All checks throw {@link
 * IllegalStateException}; those of a closed plan a {@link ClosedException}.
 */
public final class PlanState {
  private boolean closed;
  private int forwardCount;
  private boolean backwardDone;

  /** Every method of a plan but {@code close} starts with this or a check below. */
  public void requireOpen() {
    if (closed) {
      throw new ClosedException("the plan has been closed; compile a new one");
    }
  }

  /**
   * For {@code output}: open, and there has been a run.
   *
   * @return the number of images of that run
   */
  public int requireRun() {
    requireOpen();
    require(forwardCount > 0, "nothing has been run yet; call run first");
    return forwardCount;
  }

  /** A forward pass has begun: what the one before it left is gone. */
  public void beginForward() {
    forwardCount = 0;
    backwardDone = false;
  }

  /** A forward pass of {@code count} images has succeeded. */
  public void endForward(int count) {
    forwardCount = count;
  }

  /**
   * For {@code backward}: open, and there is a forward pass to go back from.
   *
   * @return the number of images of that pass
   */
  public int requireForward() {
    requireOpen();
    require(
        forwardCount > 0 && !backwardDone,
        "there is no forward pass to go back from; call forward first");
    return forwardCount;
  }

  /** A backward pass has succeeded. */
  public void endBackward() {
    backwardDone = true;
  }

  /**
   * For {@code inputGradient}: open, and a backward pass has computed it.
   *
   * @return the number of images of that pass
   */
  public int requireInputGradient(Gradients gradients) {
    requireOpen();
    require(
        gradients == Gradients.OF_PARAMETERS_AND_INPUT,
        "the plan computes no gradient of the images; compile it with OF_PARAMETERS_AND_INPUT");
    require(backwardDone, "there is no gradient of the images yet; call backward first");
    return forwardCount;
  }

  /**
   * For {@code close}.
   *
   * @return whether there is something to free: true for the first call only
   */
  public boolean close() {
    boolean first = !closed;
    closed = true;
    return first;
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalStateException(message);
    }
  }
}
