package org.nin4j.engine.onednn;

import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.nin4j.engine.EngineException;

/** One block of native memory, aligned to a page. */
final class NativeMemory implements AutoCloseable {
  /**
   * Every buffer inside a block begins at a multiple of this many bytes: one cache line, one
   * AVX-512 register.
   */
  static final long ALIGNMENT = 64;

  private static final long PAGE = 4096;

  private final long bytes;
  private Pointer allocated;
  private BytePointer base;

  NativeMemory(long bytes) {
    this.bytes = bytes;
    requireFree(bytes);
    allocated = Pointer.malloc(bytes + PAGE);
    if (allocated == null || allocated.isNull()) {
      throw tooLarge(bytes);
    }
    long misalignment = allocated.address() % PAGE;
    base = new BytePointer(allocated).getPointer(misalignment == 0 ? 0 : PAGE - misalignment);
  }

  /** The system promises more memory than it has, and ends a process that believes it. */
  private static void requireFree(long bytes) {
    if (bytes > free()) {
      throw tooLarge(bytes);
    }
  }

  /** Bytes of physical memory that are free; the largest number where that is not known. */
  static long free() {
    long free = Pointer.availablePhysicalBytes();
    return free > 0 ? free : Long.MAX_VALUE;
  }

  private static EngineException tooLarge(long bytes) {
    return new EngineException(
        "this plan needs "
            + (bytes >> 20)
            + " MiB of native memory, more than is free; use a smaller batch or image size");
  }

  static long align(long bytes) {
    return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  long bytes() {
    return bytes;
  }

  /** The address {@code offset} bytes from the beginning. */
  Pointer at(long offset) {
    return base.getPointer(offset);
  }

  /** A view of {@code count} floats. */
  FloatBuffer floats(long offset, int count) {
    return base.getPointer(offset)
        .capacity(4L * count)
        .asByteBuffer()
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  @Override
  public void close() {
    if (allocated != null) {
      Pointer.free(allocated);
      allocated = null;
      base = null;
    }
  }
}
