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
