package org.nin4j.tracking.picture;

import java.util.ArrayList;
import java.util.List;
import org.nin4j.data.DecodedImage;
import org.nin4j.data.ImageDataset;

/** Scales images down, to show them side by side. */
public final class Thumbnail {
  private Thumbnail() {}

  /**
   * Returns thumbnails of the first images of a data set.
   *
   * @param dataset the data set
   * @param count number of images, at most those of the data set
   * @param longestSide largest height and width of a thumbnail, in pixels
   * @return the thumbnails, in the order of the images
   */
  public static List<DecodedImage> first(ImageDataset dataset, int count, int longestSide) {
    List<DecodedImage> thumbnails = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      thumbnails.add(of(dataset.image(i), longestSide));
    }
    return thumbnails;
  }

  /**
   * Returns a thumbnail of an image.
   *
   * @param image the image
   * @param longestSide largest height and width of the thumbnail, in pixels
   * @return the image itself if it is small enough, otherwise the means of squares of its pixels
   */
  public static DecodedImage of(DecodedImage image, int longestSide) {
    int side = (Math.max(image.height(), image.width()) - 1) / longestSide + 1;
    if (side == 1) {
      return image;
    }
    int height = (image.height() - 1) / side + 1;
    int width = (image.width() - 1) / side + 1;
    byte[] pixels = new byte[image.channels() * height * width];
    for (int c = 0; c < image.channels(); c++) {
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          pixels[(c * height + y) * width + x] = (byte) mean(image, c, y * side, x * side, side);
        }
      }
    }
    return new DecodedImage(image.channels(), height, width, pixels);
  }

  private static int mean(DecodedImage image, int channel, int top, int left, int side) {
    int bottom = Math.min(top + side, image.height());
    int right = Math.min(left + side, image.width());
    long sum = 0;
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        sum += image.pixels()[(channel * image.height() + y) * image.width() + x] & 0xFF;
      }
    }
    return (int) (sum / ((long) (bottom - top) * (right - left)));
  }
}
