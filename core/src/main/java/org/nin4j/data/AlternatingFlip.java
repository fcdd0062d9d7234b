package org.nin4j.data;

/**
 * Mirrors each image, left to right, in every other epoch: about half of the images in even epochs,
 * the rest in odd epochs, so that two consecutive epochs show every image both ways (Jordan, "94%
 * on CIFAR-10 in 3.29 Seconds on a Single GPU", 2024). Whether an image is mirrored in even or in
 * odd epochs is drawn once for the whole training. An image that is repeated in an epoch alternates
 * within it.
 */
public record AlternatingFlip() implements Augmentation {
  @Override
  public void apply(ImageBuffer image, ImageVisit visit) {
    if ((visit.persistentRandom().nextInt(2) + visit.epoch() + visit.repeat()) % 2 == 1) {
      image.mirror();
    }
  }
}
