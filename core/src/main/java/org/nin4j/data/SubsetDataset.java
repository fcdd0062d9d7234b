package org.nin4j.data;

import java.util.List;
import java.util.Optional;

/** A subset of the images of another data set. */
final class SubsetDataset implements ImageDataset {
  private final String name;
  private final ImageDataset all;
  private final int[] indices;
  private final FilesLeftOut leftOut;

  /**
   * @param indices indices of the images in the other data set
   */
  SubsetDataset(String name, ImageDataset all, List<Integer> indices, FilesLeftOut leftOut) {
    this.name = name;
    this.all = all;
    this.indices = indices.stream().mapToInt(Integer::intValue).toArray();
    this.leftOut = leftOut;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int size() {
    return indices.length;
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
    return all.label(indices[index]);
  }

  @Override
  public DecodedImage image(int index) {
    return all.image(indices[index]);
  }

  @Override
  public Optional<ImageSize> commonSize() {
    return all.commonSize();
  }

  @Override
  public Optional<String> contentDigest() {
    return all.contentDigest().map(this::digest);
  }

  private String digest(String ofAll) {
    ContentDigest digest = new ContentDigest().add(ofAll);
    for (int index : indices) {
      digest.add(index);
    }
    return digest.toString();
  }

  @Override
  public FilesLeftOut leftOut() {
    return leftOut;
  }
}
