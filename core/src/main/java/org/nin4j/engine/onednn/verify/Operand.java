package org.nin4j.engine.onednn.verify;

import org.nin4j.nn.Shape;

/**
 * A tensor that a primitive reads or writes.
 *
 * @param use whether the check writes it before a run, or reads it after one, and which primitive
 *     takes it
 * @param inPlaceOf the tensor whose memory it shares; null for memory of its own
 */
public record Operand(MemoryArgument argument, Use use, Shape shape, MemoryArgument inPlaceOf) {
  /** Which way the numbers go. */
  public enum Use {
    INPUT,
    /** Of the forward pass only, which runs first and leaves its workspace to the primitive. */
    FORWARD_INPUT,
    OUTPUT
  }

  static Operand input(MemoryArgument argument, int... dims) {
    return input(argument, Shape.of(dims));
  }

  static Operand input(MemoryArgument argument, Shape shape) {
    return new Operand(argument, Use.INPUT, shape, null);
  }

  static Operand forwardInput(MemoryArgument argument, int... dims) {
    return new Operand(argument, Use.FORWARD_INPUT, Shape.of(dims), null);
  }

  static Operand output(MemoryArgument argument, int... dims) {
    return output(argument, Shape.of(dims));
  }

  static Operand output(MemoryArgument argument, Shape shape) {
    return new Operand(argument, Use.OUTPUT, shape, null);
  }

  Operand inPlaceOf(MemoryArgument other) {
    return new Operand(argument, use, shape, other);
  }
}
