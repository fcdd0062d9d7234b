package org.nin4j.data;

/**
 * Counts the scans of a JPEG file. A decoder goes over all pixels in each scan of a progressive
 * image, however few bytes the scan has, so that a small file of many scans takes minutes.
 */
final class JpegScans {
  private static final int MARKER = 0xFF;
  private static final int TEMPORARY = 0x01; // TEM, which has no content
  private static final int START_OF_IMAGE = 0xD8;
  private static final int END_OF_IMAGE = 0xD9;
  private static final int START_OF_SCAN = 0xDA;

  private JpegScans() {}

  /**
   * Counts scans as libjpeg finds them: bytes that belong to no segment are skipped.
   *
   * @param file contains the JPEG file
   * @param from index of its first byte
   * @param to index after its last byte
   */
  static int count(byte[] file, int from, int to) {
    int scans = 0;
    int at = from;
    while (at + 1 < to) {
      int marker = file[at + 1] & 0xFF;
      if ((file[at] & 0xFF) != MARKER || marker == 0 || marker == MARKER) {
        at++;
        continue;
      }
      at += 2;
      if (marker == END_OF_IMAGE) {
        break;
      }
      if (marker == START_OF_SCAN) {
        scans++;
      }
      if (hasContent(marker) && at + 1 < to) {
        at += (file[at] & 0xFF) << 8 | (file[at + 1] & 0xFF);
      }
    }
    return scans;
  }

  private static boolean hasContent(int marker) {
    boolean restart = marker >= 0xD0 && marker <= 0xD7;
    return marker != TEMPORARY && marker != START_OF_IMAGE && !restart;
  }
}
