package org.nin4j.interchange.pytorch;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.nin4j.internal.Quoted;

/**
 * Keys of metadata as the last part of a record's name: anything but letters, digits and {@code - _
 * *} is percent-encoded, and dots that begin a key.
 */
final class RecordKey {
  /** Nine times as many bytes are still a name that zip archives can hold. */
  private static final int LONGEST = 1_000;

  private RecordKey() {}

  /**
   * @throws IllegalArgumentException when the key is empty, very long or not Unicode text
   */
  static String encode(String key) {
    if (key.isEmpty()
        || key.length() > LONGEST
        || !StandardCharsets.UTF_8.newEncoder().canEncode(key)) {
      throw new IllegalArgumentException(
          "a .pt file cannot hold a text called "
              + Quoted.text(key)
              + "; write .safetensors instead");
    }
    String encoded = URLEncoder.encode(key, StandardCharsets.UTF_8);
    return encoded.startsWith(".") ? "%2E" + encoded.substring(1) : encoded;
  }

  /** A name that is not encoded like that stays as it is. */
  static String decode(String name) {
    try {
      return URLDecoder.decode(name, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return name;
    }
  }
}
