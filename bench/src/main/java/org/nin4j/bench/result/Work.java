package org.nin4j.bench.result;

/** What is timed. */
public enum Work {
  /** Forward pass, backward pass and an update by SGD with momentum. */
  TRAINING("training"),
  /** From images in memory to logits in memory, for one caller. */
  INFERENCE("inference"),
  /**
   * The same for as many callers as threads, each with one image a call; this library through its
   * classifier.
   */
  CALLERS("inference, one image a call, a caller for each thread");

  private final String title;

  Work(String title) {
    this.title = title;
  }

  /** The name in the tables. */
  public String title() {
    return title;
  }
}
