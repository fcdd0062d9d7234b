package org.nin4j.data;

import java.util.Locale;
import java.util.stream.IntStream;

/** Which images a {@link DataLoader} draws in an epoch, and in which order. */
public enum Sampling {
  /** Every image once, in the data set's order. */
  SEQUENTIAL,

  /** Every image once, in an order that is drawn anew for each epoch. */
  SHUFFLED,

  /**
   * As many images as the data set has, but equally many of each class: the numbers of two classes
   * differ by at most one in an epoch, and by at most one after any number of epochs. So the images
   * of a rare class are repeated, and some of those of a frequent class are left out.
   *
   * <p>Each class has an order of its images that is drawn once, and goes through it in turn,
   * beginning in each epoch where the last one ended. In any number of consecutive epochs, two
   * images of a class are drawn equally often, or one of them once more. The order in which all
   * drawn images come is drawn anew for each epoch.
   */
  BALANCED;

  /**
   * Returns the images of an epoch.
   *
   * @param dataset the images; only their number and labels are read
   * @param seed the seed of the order
   * @param epoch index of the epoch, from 0
   * @return their indices, in the order in which they are drawn
   */
  public int[] order(ImageDataset dataset, long seed, int epoch) {
    EpochOrder order = new EpochOrder(dataset, this, seed);
    order.arrange(epoch);
    return IntStream.range(0, order.size()).map(order::index).toArray();
  }

  /** {@return the name in recipes and messages, such as {@code balanced}} */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
