package org.nin4j.error;

/**
 * A model that was read or built, but cannot be used as asked: its weights lead to no numbers, or
 * it is not quantized and was asked for 8-bit integers. Another model, or another way to use it,
 * may do; trying again will not.
 */
public class InvalidModelException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * Creates the exception.
   *
   * @param message one sentence: what is wrong, and what to do
   */
  public InvalidModelException(String message) {
    super(message);
  }
}
