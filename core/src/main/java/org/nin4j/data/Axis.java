package org.nin4j.data;

/**
 * One axis of resizing: a source of {@link #in} pixels is resized to {@link #out} pixels, of which
 * those from {@link #first} on are computed.
 */
abstract class Axis {
  /** The length of the source along this axis, in pixels. */
  final int in;

  /** The length to which the whole source would be resized, in pixels. */
  final long out;

  /** The first output pixel that is computed. */
  final long first;

  Axis(int in, long out, long first) {
    this.in = in;
    this.out = out;
    this.first = first;
  }

  final boolean matches(int otherIn, long otherOut, long otherFirst) {
    return in == otherIn && out == otherOut && first == otherFirst;
  }
}
