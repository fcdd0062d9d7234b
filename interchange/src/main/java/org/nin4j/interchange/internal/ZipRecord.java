package org.nin4j.interchange.internal;

/**
 * One entry of a zip archive, as the archive's two descriptions of it agree.
 *
 * @param name a relative path with slashes, without {@code ..}
 * @param deflated whether its bytes are compressed; otherwise they are stored as they are
 * @param size number of bytes, uncompressed
 * @param packedSize number of bytes that it takes in the file
 * @param crc the CRC-32 of its bytes, uncompressed; 0 where the writer did not compute it
 * @param start offset of its first byte in the file
 */
public record ZipRecord(
    String name, boolean deflated, long size, long packedSize, long crc, long start) {

  /** The byte after the last one in the file. */
  long end() {
    return start + packedSize;
  }
}
