package org.nin4j;

import java.util.List;
import org.nin4j.data.DatasetSplits;
import org.nin4j.data.Datasets;
import org.nin4j.data.DecodedImage;
import org.nin4j.data.ImageDataset;

/** The beginning of a data set, for tests that must be quick. */
public record FirstImages(ImageDataset all, int size) implements ImageDataset {
  static DatasetSplits ofSample(int size) {
    DatasetSplits sample = Datasets.sample();
    return new DatasetSplits(
        new FirstImages(sample.train(), size), new FirstImages(sample.testOrValidation(), size));
  }

  @Override
  public String name() {
    return all.name();
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
    return all.label(index);
  }

  @Override
  public DecodedImage image(int index) {
    return all.image(index);
  }
}
