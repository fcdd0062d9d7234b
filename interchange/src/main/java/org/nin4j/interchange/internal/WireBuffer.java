package org.nin4j.interchange.internal;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Protobuf's wire format, written to memory. */
final class WireBuffer {
  /** A length that is written before it is known: a varint that may be longer than it has to be. */
  private static final int LENGTH_BYTES = 5;

  private final Bytes bytes = new Bytes();

  /** Gives access to what was written. */
  private static final class Bytes extends ByteArrayOutputStream {
    void set(int at, int value) {
      buf[at] = (byte) value;
    }
  }

  WireBuffer varint(long value) {
    long left = value;
    while ((left & ~0x7FL) != 0) {
      bytes.write(((int) left & 0x7F) | 0x80);
      left >>>= 7;
    }
    bytes.write((int) left);
    return this;
  }

  WireBuffer fixed32(int value) {
    return bytes(
        ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
  }

  WireBuffer fixed64(long value) {
    return bytes(
        ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
  }

  WireBuffer bytes(byte[] values) {
    bytes.writeBytes(values);
    return this;
  }

  /** Leaves room for the length of what follows, up to {@link #endLength}. */
  int beginLength() {
    bytes.writeBytes(new byte[LENGTH_BYTES]);
    return bytes.size();
  }

  /**
   * @param start what {@link #beginLength} returned
   */
  void endLength(int start) {
    int length = bytes.size() - start;
    for (int i = 0; i < LENGTH_BYTES; i++) {
      int more = i < LENGTH_BYTES - 1 ? 0x80 : 0;
      bytes.set(start - LENGTH_BYTES + i, ((length >>> (7 * i)) & 0x7F) | more);
    }
  }

  int size() {
    return bytes.size();
  }

  byte[] toByteArray() {
    return bytes.toByteArray();
  }
}
