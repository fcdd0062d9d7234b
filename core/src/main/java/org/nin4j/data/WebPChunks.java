package org.nin4j.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads the chunks of a WebP file without decoding the image. */
final class WebPChunks {
  private static final int HEADER = 12; // bytes of "RIFF", the length and "WEBP"
  private static final int OVERHEAD = 8; // bytes of a chunk's name and length
  private static final int EXIF = 0x46495845; // "EXIF", little-endian

  /** JPEG's prefix of the structure, which some programs write here, too. */
  private static final byte[] PREFIX = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);

  private WebPChunks() {}

  /** Returns Exif's orientation; upright without a chunk of that name. */
  static int orientation(byte[] file) {
    ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    long at = HEADER;
    while (at + OVERHEAD <= file.length) {
      int start = (int) at + OVERHEAD;
      long length = Integer.toUnsignedLong(buffer.getInt((int) at + 4));
      if (length > file.length - start) {
        break;
      }
      int end = start + (int) length;
      if (buffer.getInt((int) at) == EXIF) {
        boolean prefixed =
            length >= PREFIX.length
                && Arrays.equals(file, start, start + PREFIX.length, PREFIX, 0, PREFIX.length);
        return ExifOrientation.of(file, prefixed ? start + PREFIX.length : start, end);
      }
      at = end + (length & 1); // chunks begin at even positions
    }
    return ExifOrientation.UPRIGHT;
  }
}
