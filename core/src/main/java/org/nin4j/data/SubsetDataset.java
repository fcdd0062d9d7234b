package org.nin4j.data;

import java.util.List;
import java.util.Optional;

/** A subset of the images of another data set. */
final class SubsetDataset extends DelegatingDataset {
  private final String name;
  private final int[] indices;
  private final FilesLeftOut leftOut;

  /**
   * @param indices indices of the images in the other data set
   */
  SubsetDataset(String name, ImageDataset all, List<Integer> indices, FilesLeftOut leftOut) {
    this(name, all, indices.stream().mapToInt(Integer::intValue).toArray(), leftOut);
  }

  /**
   * @param indices indices of the images in the other data set; copied
   */
  SubsetDataset(String name, ImageDataset all, int[] indices, FilesLeftOut leftOut) {
    super(all);
    this.name = name;
    this.indices = indices.clone();
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
  public int label(int index) {
    return super.label(indices[index]);
  }

  @Override
  public DecodedImage image(int index) {
    return super.image(indices[index]);
  }

  @Override
  public Optional<String> file(int index) {
    return super.file(indices[index]);
  }

  @Override
  public Optional<String> contentDigest() {
    return super.contentDigest().map(this::digest);
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
