package org.nin4j.server.http;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The bytes of a body that have come. Memory grows with them, not with those that were announced.
 */
final class BodyBuffer {
  private static final int FIRST = 1 << 15;
  private static final int GROWTH = 4;

  private final BodyMemory memory;
  private final long announced;
  private final long most;
  private byte[] bytes;
  private int length;

  /**
   * @param announced how many bytes will come; negative if the client has not said so
   * @param most how many bytes may come
   * @throws HttpError 413 when more are announced, 503 when there is no memory
   */
  BodyBuffer(BodyMemory memory, long announced, long most) throws HttpError {
    this.memory = memory;
    this.announced = announced;
    this.most = most;
    requireAtMost(announced);
    bytes = memory.allocate((int) Math.min(Math.max(announced, 0), FIRST));
  }

  private void requireAtMost(long count) throws HttpError {
    if (count > most) {
      throw HttpError.tooLarge("the body has more than " + most + " bytes; send less at a time");
    }
  }

  /**
   * Adds what has come.
   *
   * @throws HttpError 413 when there is too much, 503 when there is no memory
   */
  void append(ByteBuffer next) throws HttpError {
    int count = next.remaining();
    long needed = (long) length + count;
    requireAtMost(needed);
    if (needed > bytes.length) {
      long grown = Math.max((long) GROWTH * bytes.length, needed);
      long bound = announced >= needed ? announced : most;
      bytes = memory.grow(bytes, (int) Math.min(grown, bound));
    }
    next.get(bytes, length, count);
    length += count;
  }

  /** Returns all bytes, without a copy if they fill the memory, as those that were announced do. */
  byte[] toArray() {
    return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
  }
}
