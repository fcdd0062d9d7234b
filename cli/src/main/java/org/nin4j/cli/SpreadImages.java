package org.nin4j.cli;

import java.util.Optional;
import org.nin4j.data.DecodedImage;
import org.nin4j.data.DelegatingDataset;
import org.nin4j.data.ImageDataset;

/**
 * Some images of a data set to look at: the first ones, or where those are all of one class, as in
 * a data set that is sorted by class, images at even distances.
 */
final class SpreadImages extends DelegatingDataset {
  private final int size;
  private final int distance;

  /**
   * @param all the data set
   * @param size number of images, up to that of all
   */
  SpreadImages(ImageDataset all, int size) {
    super(all);
    this.size = size;
    distance = isOfOneClass(all, size) ? all.size() / size : 1;
  }

  private static boolean isOfOneClass(ImageDataset all, int size) {
    for (int i = 1; i < size; i++) {
      if (all.label(i) != all.label(0)) {
        return false;
      }
    }
    return size > 0;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int label(int index) {
    return super.label(index * distance);
  }

  @Override
  public DecodedImage image(int index) {
    return super.image(index * distance);
  }

  @Override
  public Optional<String> file(int index) {
    return super.file(index * distance);
  }
}
