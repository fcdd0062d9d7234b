package org.nin4j.engine.onednn;

import org.bytedeco.javacpp.Pointer;

/**
 * A range of memory that a program uses: in the arena, where it shares bytes with buffers that are
 * needed at other times; at a fixed offset of a block; or in a block for the gradients of a shard,
 * which changes from step to step.
 */
final class Buffer {
  private enum Location {
    ARENA,
    FIXED,
    GRADIENTS
  }

  private final Location home;
  private final long bytes;
  private final NativeMemory fixed;
  private final int parameter;
  private long offset;
  private int first = Integer.MAX_VALUE;
  private int last = -1;

  private Buffer(Location home, long bytes, NativeMemory fixed, long offset, int parameter) {
    this.home = home;
    this.bytes = bytes;
    this.fixed = fixed;
    this.offset = offset;
    this.parameter = parameter;
  }

  static Buffer inArena(long bytes) {
    return new Buffer(Location.ARENA, bytes, null, -1, -1);
  }

  static Buffer at(NativeMemory memory, long offset, long bytes) {
    return new Buffer(Location.FIXED, bytes, memory, offset, -1);
  }

  /**
   * The gradient of a parameter.
   *
   * @param parameter its index
   */
  static Buffer ofGradient(int parameter, long bytes) {
    return new Buffer(Location.GRADIENTS, bytes, null, -1, parameter);
  }

  boolean isInArena() {
    return home == Location.ARENA;
  }

  boolean isGradient() {
    return home == Location.GRADIENTS;
  }

  /** Index of the parameter whose gradient this is. */
  int parameter() {
    return parameter;
  }

  long bytes() {
    return bytes;
  }

  /** Bytes from the beginning of the arena. */
  long offset() {
    return offset;
  }

  void place(long newOffset) {
    offset = newOffset;
  }

  /** The block that holds it, unless it is a gradient. */
  NativeMemory memory(NativeMemory arena) {
    return home == Location.FIXED ? fixed : arena;
  }

  /** Its address, unless it is a gradient. */
  Pointer address(NativeMemory arena) {
    return memory(arena).at(offset);
  }

  /** Records that the step at this index of the program reads or writes it. */
  void usedAt(int step) {
    first = Math.min(first, step);
    last = Math.max(last, step);
  }

  int first() {
    return first;
  }

  boolean overlapsInTime(Buffer other) {
    return first <= other.last && other.first <= last;
  }
}
