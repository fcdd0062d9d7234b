package org.nin4j.data;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The 32x32 images of CIFAR's binary files, kept in memory in the format of the files. */
final class CifarDataset implements ImageDataset {
  private final String name;
  private final List<CifarFile> files;
  private final int[] starts; // index of each file's first image, and of the end
  private final List<String> classes;
  private final int channels;

  /**
   * @param channels 1 to convert the images to grey, or 3
   */
  CifarDataset(String name, List<CifarFile> files, List<String> classes, int channels) {
    this.name = name;
    this.files = List.copyOf(files);
    this.classes = List.copyOf(classes);
    this.channels = channels;
    starts = new int[files.size() + 1];
    for (int f = 0; f < files.size(); f++) {
      starts[f + 1] = starts[f] + files.get(f).count();
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int size() {
    return starts[files.size()];
  }

  @Override
  public int channels() {
    return channels;
  }

  @Override
  public List<String> classes() {
    return classes;
  }

  @Override
  public int label(int index) {
    int file = fileOf(index);
    return files.get(file).label(index - starts[file]);
  }

  @Override
  public DecodedImage image(int index) {
    int file = fileOf(index);
    byte[] pixels = new byte[CifarFile.PIXELS];
    files.get(file).pixels(index - starts[file], pixels);
    if (channels == 1) {
      byte[] grey = new byte[CifarFile.SIDE * CifarFile.SIDE];
      Luma.of(pixels, grey, grey.length);
      pixels = grey;
    }
    return new DecodedImage(channels, CifarFile.SIDE, CifarFile.SIDE, pixels);
  }

  private int fileOf(int index) {
    Objects.checkIndex(index, size());
    int file = 0;
    while (index >= starts[file + 1]) {
      file++;
    }
    return file;
  }

  @Override
  public Optional<ImageSize> commonSize() {
    return Optional.of(new ImageSize(CifarFile.SIDE, CifarFile.SIDE));
  }
}
