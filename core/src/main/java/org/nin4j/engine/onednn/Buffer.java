package org.nin4j.engine.onednn;

/**
 * A piece of memory that a program uses: in the arena, where it shares its place with buffers that
 * are needed at other times, or at a fixed place of a block.
 */
final class Buffer {
  private final long bytes;
  private final NativeMemory home;
  private long offset;
  private int first = Integer.MAX_VALUE;
  private int last = -1;

  private Buffer(long bytes, NativeMemory home, long offset) {
    this.bytes = bytes;
    this.home = home;
    this.offset = offset;
  }

  static Buffer inArena(long bytes) {
    return new Buffer(bytes, null, -1);
  }

  static Buffer at(NativeMemory home, long offset, long bytes) {
    return new Buffer(bytes, home, offset);
  }

  boolean isInArena() {
    return home == null;
  }

  long bytes() {
    return bytes;
  }

  long offset() {
    return offset;
  }

  void place(long newOffset) {
    offset = newOffset;
  }

  NativeMemory home(NativeMemory arena) {
    return home == null ? arena : home;
  }

  /** Says that the step at this place of the program reads or writes it. */
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
