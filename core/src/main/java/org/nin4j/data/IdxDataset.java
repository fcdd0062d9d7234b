package org.nin4j.data;

import java.util.List;

/** Grey images and labels, held in memory as they come out of IDX files. */
final class IdxDataset implements ImageDataset {
  private final String name;
  private final IdxImages images;
  private final byte[] labels;
  private final List<String> classes;

  IdxDataset(String name, IdxImages images, byte[] labels, List<String> classes) {
    this.name = name;
    this.images = images;
    this.labels = labels;
    this.classes = List.copyOf(classes);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int size() {
    return images.count();
  }

  @Override
  public int channels() {
    return 1;
  }

  @Override
  public int height() {
    return images.rows();
  }

  @Override
  public int width() {
    return images.columns();
  }

  @Override
  public List<String> classes() {
    return classes;
  }

  @Override
  public int label(int index) {
    return Byte.toUnsignedInt(labels[index]);
  }

  @Override
  public void pixels(int index, byte[] target) {
    int area = images.rows() * images.columns();
    System.arraycopy(images.pixels(), index * area, target, 0, area);
  }
}
