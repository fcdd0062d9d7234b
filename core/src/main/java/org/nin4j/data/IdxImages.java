package org.nin4j.data;

/** The content of an IDX image file: grey images of one size, one after the other. */
final class IdxImages {
  private final int count;
  private final int rows;
  private final int columns;
  private final byte[] pixels;

  /**
   * @param pixels (count, rows, columns) unsigned bytes; kept, not copied
   */
  IdxImages(int count, int rows, int columns, byte[] pixels) {
    this.count = count;
    this.rows = rows;
    this.columns = columns;
    this.pixels = pixels;
  }

  int count() {
    return count;
  }

  int rows() {
    return rows;
  }

  int columns() {
    return columns;
  }

  byte[] pixels() {
    return pixels;
  }
}
