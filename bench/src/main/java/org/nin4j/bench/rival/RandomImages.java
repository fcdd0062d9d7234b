package org.nin4j.bench.rival;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.nin4j.data.ImageDataset;

/** Images of random pixels, as large as those of MNIST; label i is i modulo the classes. */
record RandomImages(int size, int channels, int classCount) implements ImageDataset {
  private static final int SIDE = 28;

  @Override
  public String name() {
    return "random pixels";
  }

  @Override
  public int height() {
    return SIDE;
  }

  @Override
  public int width() {
    return SIDE;
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
  public void pixels(int index, byte[] target) {
    Random random = new Random(index);
    random.nextBytes(target);
  }
}
