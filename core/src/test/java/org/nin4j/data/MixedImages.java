package org.nin4j.data;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Images of random pixels and of several sizes; label i is i modulo the classes. */
record MixedImages(String name, int size, int channels, List<String> classes)
    implements ImageDataset {
  static MixedImages of(int size, int channels) {
    return new MixedImages("mixed", size, channels, List.of("a", "b", "c"));
  }

  static MixedImages named(String name, int channels, int classes) {
    List<String> names = IntStream.range(0, classes).mapToObj(c -> "class" + c).toList();
    return new MixedImages(name, 5, channels, names);
  }

  @Override
  public int label(int index) {
    return index % classes.size();
  }

  @Override
  public DecodedImage image(int index) {
    int height = 1 + index % 5;
    int width = 1 + index % 7;
    byte[] pixels = new byte[channels * height * width];
    new Random(index).nextBytes(pixels);
    return new DecodedImage(channels, height, width, pixels);
  }
}
