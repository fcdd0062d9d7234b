package org.nin4j.data;

/**
 * What an image file says of its image before it is decoded.
 *
 * @param width columns of the image as it is stored, at least 1
 * @param height rows of the image as it is stored, at least 1; an orientation tag may turn the
 *     image by 90 degrees
 * @param bytesPerPixel about how many bytes of Java's heap the decoder needs for each pixel,
 *     besides those of the {@link DecodedImage}
 */
public record ImageHeader(int width, int height, int bytesPerPixel) {
  /** Buffers of a decoder, whatever the size of the image. */
  private static final long BUFFERS = 1 << 18;

  /** {@return the number of pixels} */
  public long pixels() {
    return (long) width * height;
  }

  /**
   * Estimates the memory that it takes to decode the image.
   *
   * @param channels 1 for grey, 3 for red, green, blue
   * @return bytes of Java's heap at the highest, with those of the {@link DecodedImage}, which
   *     remain
   */
  public long decodingBytes(int channels) {
    // A rotated image is copied once more, when the decoder's memory has been freed.
    return pixels() * (channels + Math.max(channels, bytesPerPixel)) + BUFFERS;
  }
}
