package org.nin4j.data;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32;

/** The chunks of a PNG file, each with a checksum: what they tell without decoding the image. */
final class PngChunks {
  private static final int SIGNATURE = 8;
  private static final int AROUND_DATA = 12; // length, type and checksum
  private static final int IHDR = 0x49484452;
  private static final int IDAT = 0x49444154;
  private static final int IEND = 0x49454E44;

  private PngChunks() {}

  /** The size of an image whose chunks are all there and undamaged; empty for any other file. */
  static Optional<ImageSize> sizeIfSound(byte[] file) {
    ByteBuffer buffer = ByteBuffer.wrap(file);
    CRC32 crc = new CRC32();
    int height = 0;
    int width = 0;
    boolean pixels = false;
    int at = SIGNATURE;
    while (at + AROUND_DATA <= file.length) {
      int length = buffer.getInt(at);
      int type = buffer.getInt(at + 4);
      if (length < 0 || length > file.length - at - AROUND_DATA) {
        return Optional.empty();
      }
      crc.reset();
      crc.update(file, at + 4, length + 4);
      if ((int) crc.getValue() != buffer.getInt(at + 8 + length)) {
        return Optional.empty();
      }
      if (at == SIGNATURE && type == IHDR && length >= 8) {
        width = buffer.getInt(at + 8);
        height = buffer.getInt(at + 12);
      }
      pixels |= type == IDAT;
      if (type == IEND) {
        return pixels && height > 0 && width > 0
            ? Optional.of(new ImageSize(height, width))
            : Optional.empty();
      }
      at += AROUND_DATA + length;
    }
    return Optional.empty();
  }
}
