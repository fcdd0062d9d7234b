package org.nin4j.data;

import java.util.random.RandomGenerator;

/**
 * A random change to training images, drawn anew for each image in each epoch. A recipe has a list
 * of such steps, which are applied one after the other to the decoded image, before it is resized
 * and normalised.
 *
 * <p>The steps are a closed family of records, because a recipe is stored in checkpoints and models
 * by the names and values of its steps, and must mean the same when it is read. They bear
 * torchvision's names where torchvision has the operation.
 */
public sealed interface Augmentation permits RandomHorizontalFlip, RandomShift {
  /**
   * Changes an image in place. What happens is a function of the image, the step's own values, the
   * epoch and the random numbers drawn, and of nothing else; any number of threads may apply a step
   * at the same time.
   *
   * <p>For reproducible results a step draws through {@link RandomGenerator#nextInt(int)} and
   * {@link RandomGenerator#nextDouble()} alone: the {@link DataLoader}'s generator computes these
   * itself, so that they are the same on every version of Java.
   *
   * @param image the image to change
   * @param epoch number of the epoch, from 0, for steps that change in the course of a training
   * @param random where random numbers are drawn from
   */
  void apply(ImageBuffer image, int epoch, RandomGenerator random);
}
