package org.nin4j.cli;

import java.util.List;
import org.nin4j.data.DecodedImage;
import org.nin4j.data.ImageDataset;

/**
 * Some images of a data set to look at: the first ones, or where those are all of one class, as in
 * a data set that lies class by class, images at even distances.
 *
 * @param all the data set
 * @param size number of images, up to that of all
 */
record SpreadImages(ImageDataset all, int size) implements ImageDataset {
  private int index(int shown) {
    return isSorted() ? (int) ((long) shown * all.size() / size) : shown;
  }

  private boolean isSorted() {
    for (int i = 1; i < size; i++) {
      if (all.label(i) != all.label(0)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String name() {
    return all.name();
  }

  @Override
  public int channels() {
    return all.channels();
  }

  @Override
  public List<String> classes() {
    return all.classes();
  }

  @Override
  public int label(int index) {
    return all.label(index(index));
  }

  @Override
  public DecodedImage image(int index) {
    return all.image(index(index));
  }
}
