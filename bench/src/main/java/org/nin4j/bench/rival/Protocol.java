package org.nin4j.bench.rival;

/** The commands of the parent process and the answers of its child, one a line. */
public final class Protocol {
  /** Begins every line that is an answer; anything else a library has printed. */
  public static final String ANSWER = "= ";

  /** Asks for logits, or for the losses of three steps: numbers with spaces between. */
  public static final String CHECK = "check";

  /** {@code turn SECONDS} asks to work for that time: {@code STEPS NANOSECONDS}. */
  public static final String TURN = "turn";

  /** Asks for the largest resident memory so far, in bytes. */
  public static final String MEMORY = "memory";

  private Protocol() {}
}
