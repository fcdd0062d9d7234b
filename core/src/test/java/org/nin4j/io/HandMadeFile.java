package org.nin4j.io;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Safetensors files laid out byte by byte from the specification, without the code under test. */
final class HandMadeFile {
  private HandMadeFile() {}

  /** Header length, header, data. */
  static byte[] bytes(String header, byte[] data) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    return bytes(text.length, text, data);
  }

  /** With a header length that may be a lie. */
  static byte[] bytes(long declared, byte[] header, byte[] data) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(littleEndian(declared, 8));
    out.writeBytes(header);
    out.writeBytes(data);
    return out.toByteArray();
  }

  /** The bits of each float, lowest byte first. */
  static byte[] data(float... values) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (float value : values) {
      out.writeBytes(littleEndian(Float.floatToRawIntBits(value), 4));
    }
    return out.toByteArray();
  }

  static byte[] littleEndian(long value, int bytes) {
    byte[] out = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      out[i] = (byte) (value >>> (8 * i));
    }
    return out;
  }

  static Path write(Path folder, byte[] bytes) throws IOException {
    return Files.write(folder.resolve("made.safetensors"), bytes);
  }
}
