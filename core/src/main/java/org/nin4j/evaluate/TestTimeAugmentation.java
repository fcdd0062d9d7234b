package org.nin4j.evaluate;

/**
 * The views of each image that an {@link Evaluator} classifies. With more than one, the logits are
 * averaged over the views, before the loss and the largest logit are computed.
 */
public enum TestTimeAugmentation {
  /** The image as it is. */
  NONE,
  /**
   * The image and its mirror image, left and right exchanged, each as the network's input after
   * preprocessing. It takes twice the time. Suitable only for images whose mirror image belongs to
   * the same class, which is not true for digits and letters.
   */
  HORIZONTAL_FLIP
}
