package org.nin4j.data;

/**
 * A random change to training images, drawn anew for each image in each epoch. A recipe has a list
 * of such steps, which are applied one after the other to the decoded image, before it is resized
 * and normalised; lengths in pixels are therefore those of the image as it is stored.
 *
 * <p>The steps are a closed family of records, because a recipe is stored in checkpoints and models
 * by the names and values of its steps, and must mean the same when it is read. They bear
 * torchvision's names where torchvision has the operation.
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
   * Changes an image in place; its size may change, too. What happens is a function of the image,
   * the step's own values and the visit, and of nothing else; any number of threads may apply a
   * step at the same time, each with a buffer and a visit of its own.
   *
   * @param image the image to change
   * @param visit which image this is, in which epoch, and where random numbers are drawn from
   */
  void apply(ImageBuffer image, ImageVisit visit);
}
