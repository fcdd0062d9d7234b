package org.nin4j.data;

/**
 * A random change to training images, drawn anew for each image in each epoch. A recipe has a list
 * of such steps, which are applied one after another to the decoded image, before it is resized and
 * normalised; lengths are therefore in pixels of the stored image.
 *
 * <p>The interface is sealed because checkpoints and models store a recipe by the names and values
 * of its steps, which must have the same meaning when they are read. Steps that torchvision also
 * has have torchvision's names.
 */
public sealed interface Augmentation
    permits AlternatingFlip,
        ColorJitter,
        Cutout,
        RandomAffine,
        RandomCrop,
        RandomErasing,
        RandomHorizontalFlip,
        RandomResizedCrop {
  /**
   * Changes an image in place; its size may change, too. The result depends only on the image, the
   * step's own values and the visit. Any number of threads may apply a step at the same time, each
   * with its own buffer and visit.
   *
   * @param image the image to change
   * @param visit the epoch, and the random numbers for this image
   */
  void apply(ImageBuffer image, ImageVisit visit);
}
