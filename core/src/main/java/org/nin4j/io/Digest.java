package org.nin4j.io;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The SHA-256 of a safetensors file that stands in its own metadata. It covers every byte of the
 * file, its own 64 digits counted as zeros; to be found it must be the first entry of the header.
 */
final class Digest {
  static final String KEY = "nin4j.sha256";

  /** What the digits are while the digest is computed. */
  static final String BLANK = "0".repeat(64);

  private static final byte[] BEFORE =
      ("{\"" + Header.METADATA + "\":{\"" + KEY + "\":\"").getBytes(StandardCharsets.UTF_8);

  private Digest() {}

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Puts these digits into a header. */
  static void set(byte[] header, String digits) {
    byte[] ascii = digits.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(ascii, 0, header, BEFORE.length, ascii.length);
  }

  /** Whether a header contains these digits at the offset where {@link #set} writes them. */
  static boolean isAtItsPlace(byte[] header, String digits) {
    int end = BEFORE.length + BLANK.length();
    return digits.length() == BLANK.length()
        && header.length > end
        && Arrays.equals(header, 0, BEFORE.length, BEFORE, 0, BEFORE.length)
        && Arrays.equals(
            Arrays.copyOfRange(header, BEFORE.length, end),
            digits.getBytes(StandardCharsets.US_ASCII));
  }
}
