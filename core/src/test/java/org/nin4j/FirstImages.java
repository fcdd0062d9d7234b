package org.nin4j;

import org.nin4j.data.DatasetSplits;
import org.nin4j.data.Datasets;
import org.nin4j.data.DelegatingDataset;
import org.nin4j.data.ImageDataset;

/** The beginning of a data set, for tests that must be quick. */
public final class FirstImages extends DelegatingDataset {
  private final int size;

  /** The first images of a data set. */
  public FirstImages(ImageDataset all, int size) {
    super(all);
    this.size = size;
  }

  static DatasetSplits ofSample(int size) {
    DatasetSplits sample = Datasets.sample();
    return new DatasetSplits(
        new FirstImages(sample.train(), size), new FirstImages(sample.testOrValidation(), size));
  }

  @Override
  public int size() {
    return size;
  }
}
