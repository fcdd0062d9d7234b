package org.nin4j.engine.onednn.verify;

import org.nin4j.nn.Shape;

/**
 * A tensor that a primitive reads or writes.
 *
 * @param use whether the check writes it before a run, or reads it after one
 * @param inPlaceOf the tensor whose memory it shares; null for memory of its own
 */
public record Operand(Role role, Use use, Shape shape, Role inPlaceOf) {
  /** Which way the numbers go. */
  public enum Use {
    INPUT,
    OUTPUT
  }

  static Operand input(Role role, int... dims) {
    return input(role, Shape.of(dims));
  }

  static Operand input(Role role, Shape shape) {
    return new Operand(role, Use.INPUT, shape, null);
  }

  static Operand output(Role role, int... dims) {
    return output(role, Shape.of(dims));
  }

  static Operand output(Role role, Shape shape) {
    return new Operand(role, Use.OUTPUT, shape, null);
  }

  Operand inPlaceOf(Role other) {
    return new Operand(role, use, shape, other);
  }
}
