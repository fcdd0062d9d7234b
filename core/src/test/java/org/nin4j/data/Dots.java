package org.nin4j.data;

import java.util.List;

/** Images of 5x5 that are black but for row 2, column 1. */
class Dots implements ImageDataset {
  private final int size;

  Dots(int size) {
    this.size = size;
  }

  @Override
  public String name() {
    return "dots";
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int channels() {
    return 1;
  }

  @Override
  public List<String> classes() {
    return List.of("dot", "none");
  }

  @Override
  public int label(int index) {
    return 0;
  }

  @Override
  public DecodedImage image(int index) {
    byte[] pixels = new byte[25];
    pixels[11] = 1;
    return new DecodedImage(1, 5, 5, pixels);
  }
}
