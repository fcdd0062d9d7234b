package org.nin4j.train;

import java.util.List;
import org.nin4j.data.ImageDataset;

/** The first images of a data set. */
record Beginning(ImageDataset all, int size) implements ImageDataset {
  @Override
  public String name() {
    return all.name();
  }

  @Override
  public int channels() {
    return all.channels();
  }

  @Override
  public int height() {
    return all.height();
  }

  @Override
  public int width() {
    return all.width();
  }

  @Override
  public List<String> classes() {
    return all.classes();
  }

  @Override
  public int label(int index) {
    return all.label(index);
  }

  @Override
  public void pixels(int index, byte[] target) {
    all.pixels(index, target);
  }
}
