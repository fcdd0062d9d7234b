package org.nin4j.tracking.report;

import java.awt.image.BufferedImage;
import java.util.Base64;
import org.nin4j.data.DecodedImage;
import org.nin4j.tracking.picture.Pictures;
import org.nin4j.tracking.picture.Png;
import org.nin4j.tracking.picture.Thumbnail;

/** Makes PNG files in Base64 of images, to be part of a page. */
final class Base64Png {
  /** The longest side of an image in pixels. */
  private static final int SIDE = 64;

  private Base64Png() {}

  static String of(DecodedImage image) {
    return of(Pictures.of(Thumbnail.of(image, SIDE)));
  }

  static String of(BufferedImage picture) {
    return Base64.getEncoder().encodeToString(Png.bytes(picture));
  }
}
