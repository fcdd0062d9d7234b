package org.nin4j.cli;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;

/** A lossless WebP file of one colour: no transforms, and codes of no bits for its pixels. */
final class WebPBytes {
  /** Number of bytes that the plugin expects after the image data. */
  private static final int READ_AHEAD = 16;

  private final BitSet bits = new BitSet();
  private int length;

  WebPBytes(int width, int height, int rgb) {
    put(0x2F, 8); // signature
    put(width - 1, 14);
    put(height - 1, 14);
    put(0, 1 + 3); // no alpha, version 0
    put(0, 3); // no transform, no colour cache, one group of codes
    for (int symbol : new int[] {rgb >> 8 & 0xFF, rgb >> 16, rgb & 0xFF, 0xFF}) {
      put(0b101, 3); // a simple code, of one symbol, which has 8 bits
      put(symbol, 8);
    }
    put(0b0001, 4); // for distances: simple, one symbol, of one bit, 0
  }

  private void put(int value, int count) {
    for (int i = 0; i < count; i++) {
      bits.set(length++, (value >> i & 1) != 0);
    }
  }

  /** Returns an extended file, with an EXIF chunk that holds this orientation. */
  byte[] file(int width, int height, int orientation) {
    byte[] simple = file();
    ByteBuffer extended = ByteBuffer.allocate(simple.length + 18 + 8 + 26);
    extended.order(ByteOrder.LITTLE_ENDIAN);
    extended.put(simple, 0, 12).putInt(4, extended.capacity() - 8);
    extended.put("VP8X".getBytes(StandardCharsets.US_ASCII)).putInt(10);
    extended
        .putInt(8)
        .put((byte) (width - 1))
        .putShort((short) 0); // the flag of EXIF, and the size
    extended.put((byte) (height - 1)).putShort((short) 0);
    extended.put(simple, 12, simple.length - 12);
    extended.put("EXIF".getBytes(StandardCharsets.US_ASCII)).putInt(26);
    extended.put("II*\0".getBytes(StandardCharsets.US_ASCII)).putInt(8);
    extended.putShort((short) 1); // one entry: the tag, a short, one value
    extended.putShort((short) 0x0112).putShort((short) 3).putInt(1).putInt(orientation);
    return extended.array();
  }

  byte[] file() {
    int padded = (length + 7) / 8 / 2 * 2 + READ_AHEAD;
    return ByteBuffer.allocate(20 + padded)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put("RIFF".getBytes(StandardCharsets.US_ASCII))
        .putInt(12 + padded)
        .put("WEBPVP8L".getBytes(StandardCharsets.US_ASCII))
        .putInt(padded)
        .put(bits.toByteArray())
        .array();
  }
}
