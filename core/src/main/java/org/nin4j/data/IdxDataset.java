package org.nin4j.data;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

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
  public List<String> classes() {
    return classes;
  }

  @Override
  public int label(int index) {
    return Byte.toUnsignedInt(labels[index]);
  }

  @Override
  public DecodedImage image(int index) {
    Objects.checkIndex(index, size());
    int area = images.rows() * images.columns();
    byte[] pixels = Arrays.copyOfRange(images.pixels(), index * area, (index + 1) * area);
    return new DecodedImage(1, images.rows(), images.columns(), pixels);
  }

  @Override
  public Optional<ImageSize> commonSize() {
    return Optional.of(new ImageSize(images.rows(), images.columns()));
  }
}
