package org.nin4j.server.http;

import java.util.Arrays;

/** What one request takes of the memory for bodies, until it is answered. */
final class BodyMemory {
  private final MemoryBudget budget;
  private long taken;
  private boolean released;

  BodyMemory(MemoryBudget budget) {
    this.budget = budget;
  }

  /**
   * @throws HttpError 503 when all requests together would hold too much
   */
  byte[] allocate(int length) throws HttpError {
    take(length);
    return new byte[length];
  }

  /** Copies bytes into a longer array; throws as {@link #allocate} does. */
  byte[] grow(byte[] bytes, int length) throws HttpError {
    take(length - bytes.length);
    return Arrays.copyOf(bytes, length);
  }

  private synchronized void take(long bytes) throws HttpError {
    if (released || !budget.take(bytes)) {
      throw HttpError.unavailable(
          "the bodies of other requests take all the memory there is for them;"
              + " try again in a second");
    }
    taken += bytes;
  }

  /** Gives all back; nothing more can be taken. */
  synchronized void release() {
    released = true;
    budget.giveBack(taken);
    taken = 0;
  }
}
