package org.nin4j.data;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32;

/** Checks the chunks of a PNG file and their checksums without decoding the image. */
final class PngChunks {
  private static final int SIGNATURE = 8;
  private static final int OVERHEAD = 12; // bytes of a chunk besides its data
  private static final int IHDR = 0x49484452;
  private static final int IDAT = 0x49444154;
  private static final int IEND = 0x49454E44;

  private PngChunks() {}

  /** Returns the size of the image if all chunks are present and undamaged; otherwise empty. */
  static Optional<ImageSize> sizeIfIntact(byte[] file) {
    ByteBuffer buffer = ByteBuffer.wrap(file);
    CRC32 crc = new CRC32();
    int height = 0;
    int width = 0;
    boolean pixels = false;
    int at = SIGNATURE;
    while (at + OVERHEAD <= file.length) {
      int length = buffer.getInt(at);
      int type = buffer.getInt(at + 4);
      if (length < 0 || length > file.length - at - OVERHEAD) {
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
      at += OVERHEAD + length;
    }
    return Optional.empty();
  }
}
