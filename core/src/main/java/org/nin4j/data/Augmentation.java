package org.nin4j.data;

/**
 * Random changes to images in training, drawn anew for each image in each epoch.
 *
 * @param horizontalFlips whether half of the images are mirrored, left to right
 * @param maxShift images move by up to that many of their own pixels each way; black moves in
 */
public record Augmentation(boolean horizontalFlips, int maxShift) {
  /** Images as they are. */
  public static final Augmentation NONE = new Augmentation(false, 0);

  public Augmentation {
    if (maxShift < 0) {
      throw new IllegalArgumentException("maxShift must not be negative, but is " + maxShift);
    }
  }
}
