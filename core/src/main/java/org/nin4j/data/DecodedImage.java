package org.nin4j.data;

/** The pixels of one image file. */
public final class DecodedImage {
  private final int channels;
  private final int height;
  private final int width;
  private final byte[] pixels;

  /**
   * @param pixels (C, H, W) unsigned bytes; kept, not copied
   */
  DecodedImage(int channels, int height, int width, byte[] pixels) {
    this.channels = channels;
    this.height = height;
    this.width = width;
    this.pixels = pixels;
  }

  /** 1 for grey, 3 for red, green, blue. */
  public int channels() {
    return channels;
  }

  /** Rows. */
  public int height() {
    return height;
  }

  /** Columns. */
  public int width() {
    return width;
  }

  /** (C, H, W) unsigned bytes. Not a copy. */
  public byte[] pixels() {
    return pixels;
  }
}
