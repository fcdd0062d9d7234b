package org.nin4j.spark;

import java.util.List;
import java.util.function.IntFunction;
import org.nin4j.data.DecodedImage;
import org.nin4j.data.ImageDataset;

/**
 * A data set whose images are wherever a function finds them.
 *
 * @param name what messages call the data set
 * @param labels the label of each image
 * @param classes the names of the classes
 * @param channels the number of channels of every image
 * @param images gives the image of an index
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record LabelledSet(
    String name, int[] labels, List<String> classes, int channels, IntFunction<DecodedImage> images)
    implements ImageDataset {
  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public int label(int index) {
    return labels[index];
  }

  @Override
  public DecodedImage image(int index) {
    return images.apply(index);
  }
}
