package org.nin4j.data;

import java.util.Arrays;
import org.nin4j.internal.SplitMix64;

/**
 * The images of an epoch in their order: a function of the data set, the sampling, the seed and the
 * epoch. Reused for one epoch after another.
 */
final class EpochOrder {
  private final Sampling sampling;
  private final long seed;

  /** Null unless the sampling is balanced. */
  private final BalancedClasses balance;

  private final int[] indices;

  /** For each position, how often its image is at positions before. */
  private final int[] repeats;

  /** For each image of the data set, how often it was met while repeats are counted. */
  private final int[] met;

  private final SplitMix64 random = new SplitMix64();

  EpochOrder(ImageDataset dataset, Sampling sampling, long seed) {
    this.sampling = sampling;
    this.seed = seed;
    boolean balanced = sampling == Sampling.BALANCED;
    balance = balanced ? new BalancedClasses(dataset, seed) : null;
    indices = new int[dataset.size()];
    repeats = new int[dataset.size()];
    met = new int[balanced ? dataset.size() : 0];
  }

  void arrange(int epoch) {
    if (balance == null) {
      for (int i = 0; i < indices.length; i++) {
        indices[i] = i;
      }
    } else {
      balance.draw(epoch, indices);
    }
    if (sampling == Sampling.SEQUENTIAL) {
      return;
    }
    random.seed(seed, epoch, 0);
    random.shuffle(indices);
    if (balance != null) {
      countRepeats();
    }
  }

  private void countRepeats() {
    Arrays.fill(met, 0);
    for (int i = 0; i < indices.length; i++) {
      repeats[i] = met[indices[i]]++;
    }
  }

  /** Returns the number of images in an epoch. */
  int size() {
    return indices.length;
  }

  /** Returns the index in the data set of the image at a position of the epoch. */
  int index(int position) {
    return indices[position];
  }

  /** Returns how often the image at a position has come before in the epoch. */
  int repeat(int position) {
    return repeats[position];
  }

  /**
   * Returns the index in the data set of an image that is mixed into another. In a balanced epoch,
   * these images are as balanced as the epoch itself; in others, they do not depend on its order.
   *
   * @param drawn a random number from 0 to {@link #size()} - 1, each equally likely
   */
  int partner(int drawn) {
    return balance == null ? drawn : indices[drawn];
  }
}
