package org.nin4j.data;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32;

/** Reads the chunks of a PNG file without decoding the image. */
final class PngChunks {
  private static final int SIGNATURE = 8;
  private static final int OVERHEAD = 12; // bytes of a chunk besides its data
  private static final int IHDR = 0x49484452;
  private static final int IDAT = 0x49444154;
  private static final int IEND = 0x49454E44;
  private static final int EXIF = 0x65584966;

  private PngChunks() {}

  /**
   * Returns the size of the upright image if all chunks are present and undamaged; otherwise empty.
   */
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
        if (!pixels || height <= 0 || width <= 0) {
          return Optional.empty();
        }
        return Optional.of(
            ExifOrientation.swapsSides(orientation(file))
                ? new ImageSize(width, height)
                : new ImageSize(height, width));
      }
      at += OVERHEAD + length;
    }
    return Optional.empty();
  }

  /** Returns Exif's orientation, from the chunk eXIf; upright without such a chunk. */
  static int orientation(byte[] file) {
    ByteBuffer buffer = ByteBuffer.wrap(file);
    int at = SIGNATURE;
    while (at + OVERHEAD <= file.length) {
      int length = buffer.getInt(at);
      if (length < 0 || length > file.length - at - OVERHEAD) {
        break;
      }
      if (buffer.getInt(at + 4) == EXIF) {
        return ExifOrientation.of(file, at + 8, at + 8 + length);
      }
      at += OVERHEAD + length;
    }
    return ExifOrientation.UPRIGHT;
  }
}
