package org.nin4j.data;

/**
 * The part of an image that becomes a network's input: all of it, or what a {@link CenterCrop}
 * leaves.
 *
 * @param top distance of its upper edge from that of the image, in pixels
 * @param left distance of its left edge from that of the image, in pixels
 * @param height its height in pixels of the image
 * @param width its width in pixels of the image
 */
public record ImageRegion(double top, double left, double height, double width) {
  /**
   * Finds the part of an image that a preprocessing uses.
   *
   * @param preprocessing how the image becomes the input
   * @param image the image
   * @return the part, in pixels of the image as it is before resizing
   */
  public static ImageRegion of(Preprocessing preprocessing, DecodedImage image) {
    Framing framing = new Framing(preprocessing);
    framing.fit(image.height(), image.width());
    double scaleY = (double) image.height() / framing.resizedHeight;
    double scaleX = (double) image.width() / framing.resizedWidth;
    return new ImageRegion(
        framing.top * scaleY,
        framing.left * scaleX,
        preprocessing.height() * scaleY,
        preprocessing.width() * scaleX);
  }
}
