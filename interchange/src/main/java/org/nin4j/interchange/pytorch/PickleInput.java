package org.nin4j.interchange.pytorch;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The bytes of a pickle, read from front to back and never beyond the end. */
final class PickleInput {
  /** A longer text is no name, and a line of Python's names is shorter still. */
  private static final int LONGEST_TEXT = 1 << 20;

  private final ByteBuffer bytes;

  PickleInput(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  int position() {
    return bytes.position();
  }

  boolean atEnd() {
    return !bytes.hasRemaining();
  }

  int remaining() {
    return bytes.remaining();
  }

  private ByteBuffer require(long length) throws PickleException {
    if (length < 0 || length > bytes.remaining()) {
      throw PickleException.damaged(
          "needs "
              + Long.toUnsignedString(length)
              + " bytes where "
              + bytes.remaining()
              + " are left");
    }
    return bytes;
  }

  int u8() throws PickleException {
    return Byte.toUnsignedInt(require(Byte.BYTES).get());
  }

  int u16() throws PickleException {
    return Short.toUnsignedInt(require(Short.BYTES).getShort());
  }

  int i32() throws PickleException {
    return require(Integer.BYTES).getInt();
  }

  long u32() throws PickleException {
    return Integer.toUnsignedLong(i32());
  }

  /** Of 64 bits; negative when the highest is set. */
  long i64() throws PickleException {
    return require(Long.BYTES).getLong();
  }

  /** A double is the one number with its highest byte first. */
  double f64() throws PickleException {
    return Double.longBitsToDouble(Long.reverseBytes(i64()));
  }

  void skip(long length) throws PickleException {
    ByteBuffer all = require(length);
    all.position(all.position() + (int) length);
  }

  /** A whole number in two's complement, or null if it does not fit 64 bits. */
  Long integer(long length) throws PickleException {
    if (length > Long.BYTES) {
      skip(length);
      return null;
    }
    ByteBuffer all = require(length);
    long value = 0;
    for (int i = 0; i < length; i++) {
      value |= Byte.toUnsignedLong(all.get()) << (8 * i);
    }
    int unused = Long.SIZE - 8 * (int) length;
    return length == 0 ? 0L : (value << unused) >> unused;
  }

  String text(long length) throws PickleException {
    ByteBuffer all = require(length);
    if (length > LONGEST_TEXT) {
      throw new PickleException(
          "holds a text of " + length + " bytes, and at most " + LONGEST_TEXT + " are read",
          "save only the state_dict");
    }
    ByteBuffer text = all.slice(all.position(), (int) length);
    skip(length);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(text).toString();
    } catch (CharacterCodingException e) {
      throw PickleException.damaged("holds a text that is not UTF-8");
    }
  }

  /** A text that ends with a line feed. */
  String line() throws PickleException {
    int start = bytes.position();
    int end = start;
    while (end < bytes.limit() && bytes.get(end) != '\n') {
      end++;
    }
    if (end == bytes.limit()) {
      throw PickleException.damaged("ends within a name");
    }
    String line = text(end - start);
    skip(1);
    return line;
  }
}
