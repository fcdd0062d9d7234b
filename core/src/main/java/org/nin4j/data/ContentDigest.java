package org.nin4j.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The first half of the SHA-256 of a sequence of byte arrays with their lengths, texts and numbers.
 */
final class ContentDigest {
  private static final int BYTES = 16;

  private final MessageDigest sha;

  ContentDigest() {
    try {
      sha = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  static String of(byte[] bytes) {
    return new ContentDigest().add(bytes).toString();
  }

  ContentDigest add(byte[] bytes) {
    add(bytes.length);
    sha.update(bytes);
    return this;
  }

  ContentDigest add(String text) {
    return add(text.getBytes(StandardCharsets.UTF_8));
  }

  ContentDigest add(long number) {
    sha.update(ByteBuffer.allocate(Long.BYTES).putLong(number).flip());
    return this;
  }

  /** Ends the digest: 32 hexadecimal digits. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(sha.digest(), 0, BYTES);
  }
}
