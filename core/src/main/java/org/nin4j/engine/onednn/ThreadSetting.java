package org.nin4j.engine.onednn;

import java.util.function.Supplier;

/**
 * How many threads compute what a plan asks oneDNN for, and which primitives were verified with so
 * many. A calling thread is left as it was found.
 */
final class ThreadSetting {
  private final int threads;
  private final PrimitiveVerifier verifier;

  ThreadSetting(int threads, PrimitiveVerifier verifier) {
    this.threads = threads;
    this.verifier = verifier;
  }

  PrimitiveVerifier verifier() {
    return verifier;
  }

  /**
   * Makes the calling thread compute with a number of threads from now on.
   *
   * @return what {@link #leave} needs
   */
  int enter() {
    return OpenMp.get().use(threads);
  }

  /** The calling thread computes as before. */
  void leave(int before) {
    OpenMp.get().restore(before, threads);
  }

  /** Runs an action on a number of threads. */
  <T> T with(Supplier<T> action) {
    int before = enter();
    try {
      return action.get();
    } finally {
      leave(before);
    }
  }
}
