package org.nin4j.engine.onednn;

/** A block of native memory that grows when more is asked for, for one user after the other. */
final class GrowableMemory implements AutoCloseable {
  private NativeMemory memory;

  /** Returns at least that many bytes; memory returned earlier must not be used any more. */
  NativeMemory atLeast(long bytes) {
    if (memory == null || memory.bytes() < bytes) {
      close();
      memory = new NativeMemory(bytes);
    }
    return memory;
  }

  @Override
  public void close() {
    if (memory != null) {
      memory.close();
      memory = null;
    }
  }
}
