package org.nin4j.server.classify;

import java.util.Locale;
import java.util.concurrent.Semaphore;
import org.nin4j.server.http.HttpError;

/**
 * How much of Java's heap decoded images may take together. Threads that have no room wait, the
 * first one first, until others have finished theirs; as each of them holds memory for one image
 * only, every one gets its turn.
 */
final class DecodingMemory {
  private static final int UNIT = 1 << 10; // bytes

  private final long capacity;
  private final Semaphore units;

  /**
   * @param capacity in bytes
   */
  DecodingMemory(long capacity) {
    this.capacity = capacity;
    units = new Semaphore(units(capacity), true);
  }

  private static int units(long bytes) {
    return (int) Math.min(Integer.MAX_VALUE, (bytes + UNIT - 1) / UNIT);
  }

  /**
   * Waits until there is room for an image.
   *
   * @param bytes what it takes to decode the image
   * @throws HttpError 413 when there is never so much
   */
  void take(long bytes) throws HttpError {
    if (bytes > capacity) {
      throw HttpError.tooLarge(
          String.format(
              Locale.ROOT,
              "the image takes about %d MB of memory, of which this server has %d MB for images;"
                  + " send a smaller one",
              (bytes >> 20) + 1,
              capacity >> 20));
    }
    units.acquireUninterruptibly(units(bytes));
  }

  /**
   * Gives back what {@link #take} took, when the image is no longer needed.
   *
   * @param bytes the same number
   */
  void give(long bytes) {
    units.release(units(bytes));
  }
}
