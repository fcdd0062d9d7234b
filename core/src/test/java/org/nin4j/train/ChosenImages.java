package org.nin4j.train;

import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.nin4j.data.DecodedImage;
import org.nin4j.data.DelegatingDataset;
import org.nin4j.data.ImageDataset;

/** Some of the images of another data set, in the same order. */
class ChosenImages extends DelegatingDataset {
  private final int[] indices;

  ChosenImages(ImageDataset all, IntPredicate chosen) {
    super(all);
    indices = IntStream.range(0, all.size()).filter(chosen).toArray();
  }

  @Override
  public int size() {
    return indices.length;
  }

  @Override
  public int label(int index) {
    return super.label(indices[index]);
  }

  @Override
  public DecodedImage image(int index) {
    return super.image(indices[index]);
  }
}
