package org.nin4j.bench.rival;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.nin4j.data.DecodedImage;
import org.nin4j.data.ImageDataset;

/** Images of random pixels, as large as those of MNIST; label i is i modulo the classes. */
record RandomImages(int size, int channels, int classCount) implements ImageDataset {
  private static final int SIDE = 28;

  @Override
  public String name() {
    return "random pixels";
  }

  @Override
  public List<String> classes() {
    return IntStream.range(0, classCount).mapToObj(Integer::toString).toList();
  }

  @Override
  public int label(int index) {
    return index % classCount;
  }

  @Override
  public DecodedImage image(int index) {
    byte[] pixels = new byte[channels * SIDE * SIDE];
    new Random(index).nextBytes(pixels);
    return new DecodedImage(channels, SIDE, SIDE, pixels);
  }
}
