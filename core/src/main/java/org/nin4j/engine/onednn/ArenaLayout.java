package org.nin4j.engine.onednn;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Places buffers in one arena so that two share bytes only if no step needs both. Greedy by size,
 * largest first, each at the lowest offset that is free for its whole lifetime (Pisarchyk and Lee,
 * 2020, "Efficient Memory Management for Deep Neural Net Inference", section 5.2).
 */
final class ArenaLayout {
  private ArenaLayout() {}

  /** Sets the offset of each buffer and returns the bytes that the arena needs. */
  static long place(Collection<Buffer> buffers) {
    List<Buffer> bySize = new ArrayList<>(buffers);
    bySize.sort(Comparator.comparingLong(Buffer::bytes).reversed().thenComparing(Buffer::first));
    List<Buffer> placed = new ArrayList<>();
    long size = 0;
    for (Buffer buffer : bySize) {
      long offset = 0;
      for (Buffer other : placed) {
        if (other.overlapsInTime(buffer)) {
          if (offset + buffer.bytes() <= other.offset()) {
            break;
          }
          offset = Math.max(offset, NativeMemory.align(other.offset() + other.bytes()));
        }
      }
      buffer.place(offset);
      placed.add(buffer);
      placed.sort(Comparator.comparingLong(Buffer::offset));
      size = Math.max(size, offset + buffer.bytes());
    }
    return size;
  }
}
