package org.nin4j.data;

/** The pixels of one image. */
public final class DecodedImage {
  private final int channels;
  private final int height;
  private final int width;
  private final byte[] pixels;

  /**
   * @param channels 1 (grey) or 3 (red, green, blue)
   * @param height rows, at least 1
   * @param width columns, at least 1
   * @param pixels (C, H, W) unsigned bytes; kept, not copied
   * @throws IllegalArgumentException when there are not as many pixels as that
   */
  public DecodedImage(int channels, int height, int width, byte[] pixels) {
    if ((channels != 1 && channels != 3)
        || height < 1
        || width < 1
        || pixels.length != (long) channels * height * width) {
      throw new IllegalArgumentException(
          pixels.length + " bytes are no image of " + channels + "x" + height + "x" + width);
    }
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
