package org.nin4j.data;

/**
 * One axis of a resize: a source of {@link #in} pixels becomes {@link #out} pixels, of which those
 * from {@link #first} on are wanted.
 */
abstract class Axis {
  /** The length of the source along this axis, in pixels. */
  final int in;

  /** The length that the whole source would be resized to. */
  final long out;

  /** The first pixel of the result that is wanted. */
  final long first;

  Axis(int in, long out, long first) {
    this.in = in;
    this.out = out;
    this.first = first;
  }

  final boolean is(int otherIn, long otherOut, long otherFirst) {
    return in == otherIn && out == otherOut && first == otherFirst;
  }
}
