package org.nin4j.server;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Damages requests, as a function of a seed. */
final class Mutation {
  private static final String[] HEADERS = {
    "Transfer-Encoding: chunked",
    "Transfer-Encoding: gzip, chunked",
    "Transfer-Encoding: identity",
    "Content-Length: 0",
    "Content-Length: 99999999999999999999",
    "Content-Length: 11000000",
    "Content-Length: 7",
    "Content-Encoding: gzip",
    "Content-Encoding: br",
    "Content-Type: multipart/form-data; boundary=x",
    "Content-Type: image/png",
    "Content-Type: \u0001",
    "Expect: 100-continue",
    "Expect: a miracle",
    "Connection: close",
    "Connection: upgrade\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA",
    "Upgrade: websocket",
    "Host: evil.example",
    "Host: [::1",
    "Origin: null",
    "Authorization: Bearer \u00ff",
    "Inference-Header-Content-Length: 1",
    "Inference-Header-Content-Length: -1",
    "Inference-Header-Content-Length: 99999999999",
    "Inference-Header-Content-Length: x",
    "Accept: nothing/atall",
    "Accept-Charset: utf-99",
    "Range: bytes=5-1",
    "If-None-Match: *",
    "Trailer: X",
    "Cookie: \u0000",
    "X: " + "x".repeat(17_000)
  };

  private static final String[] WORDS = {
    "-1",
    "0",
    "1e999",
    "99999999999999999999",
    "null",
    "true",
    "[]",
    "{}",
    "\"\"",
    "NaN",
    "[[[[[[[[",
    "\"\\u0000\"",
    "\"images\"",
    "UINT8",
    "BYTES",
    "INT64",
    "\r\n",
    "\u0000",
    "%00",
    "../",
    "\ud83d"
  };

  private Mutation() {}

  /** Damages one of some requests, once or several times. */
  static byte[] of(List<byte[]> requests, long seed) {
    Random random = new Random(seed * 0x9E3779B97F4A7C15L);
    byte[] bytes = any(requests, random);
    for (int rounds = 1 + random.nextInt(3); rounds > 0; rounds--) {
      bytes = damage(bytes, requests, random);
    }
    return bytes;
  }

  private static byte[] any(List<byte[]> requests, Random random) {
    return requests.get(random.nextInt(requests.size()));
  }

  private static byte[] damage(byte[] bytes, List<byte[]> requests, Random random) {
    int at = random.nextInt(bytes.length + 1);
    int end = Math.min(bytes.length, at + random.nextInt(64));
    byte[] before = Arrays.copyOf(bytes, at);
    byte[] after = Arrays.copyOfRange(bytes, at, bytes.length);
    byte[] rest = Arrays.copyOfRange(bytes, end, bytes.length);
    byte[] part = Arrays.copyOfRange(bytes, at, end);
    return switch (random.nextInt(9)) {
      case 0 -> flipped(bytes, random);
      case 1 -> before.length == 0 ? bytes : before;
      case 2 -> join(before, part, part, rest);
      case 3 -> rest.length + before.length == 0 ? bytes : join(before, rest);
      case 4 -> join(before, latin(WORDS[random.nextInt(WORDS.length)]), rest);
      case 5 -> join(before, end(any(requests, random), random));
      case 6 -> join(before, noise(random), after);
      case 7 -> join(bytes, any(requests, random));
      default -> withHeader(bytes, HEADERS[random.nextInt(HEADERS.length)]);
    };
  }

  private static byte[] end(byte[] bytes, Random random) {
    return Arrays.copyOfRange(bytes, random.nextInt(bytes.length), bytes.length);
  }

  private static byte[] noise(Random random) {
    byte[] noise = new byte[random.nextInt(40)];
    random.nextBytes(noise);
    return noise;
  }

  private static byte[] flipped(byte[] bytes, Random random) {
    byte[] flipped = bytes.clone();
    for (int i = random.nextInt(8); i >= 0 && flipped.length > 0; i--) {
      flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return flipped;
  }

  private static byte[] withHeader(byte[] bytes, String header) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n");
    return end < 0
        ? bytes
        : latin(text.substring(0, end + 2) + header + "\r\n" + text.substring(end + 2));
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
