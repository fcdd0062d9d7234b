package org.nin4j.data;

import java.util.ArrayList;
import java.util.List;
import org.nin4j.internal.SplitMix64;

/** Draws equally many images of each class, those of a class in turn. */
final class BalancedClasses {
  /**
   * Used instead of the number of an epoch to seed the order of a class, which all epochs share.
   */
  private static final long EVERY_EPOCH = -1;

  /** For each class that has images, the indices of its images in the order of its turns. */
  private final List<int[]> turns = new ArrayList<>();

  BalancedClasses(ImageDataset dataset, long seed) {
    int[] counts = new int[dataset.classes().size()];
    for (int i = 0; i < dataset.size(); i++) {
      counts[dataset.label(i)]++;
    }
    int[][] members = new int[counts.length][];
    for (int label = 0; label < counts.length; label++) {
      members[label] = new int[counts[label]];
    }
    for (int i = dataset.size() - 1; i >= 0; i--) {
      int label = dataset.label(i);
      members[label][--counts[label]] = i;
    }
    SplitMix64 random = new SplitMix64();
    for (int label = 0; label < members.length; label++) {
      if (members[label].length > 0) {
        random.seed(seed, EVERY_EPOCH, 0, label);
        random.shuffle(members[label]);
        turns.add(members[label]);
      }
    }
  }

  /**
   * Draws the images of an epoch, class after class. Each class has {@code length / classes} of
   * them; what remains is given to one class after another, on from where the last epoch stopped.
   *
   * @param drawn receives the indices of the images
   */
  void draw(int epoch, int[] drawn) {
    int classes = turns.size();
    int share = drawn.length / classes;
    long extras = drawn.length % classes; // in each epoch
    int next = 0;
    for (int c = 0; c < classes; c++) {
      int[] own = turns.get(c);
      long begin = (long) share * epoch + extrasOf(c, extras * epoch);
      long end = (long) share * (epoch + 1L) + extrasOf(c, extras * (epoch + 1L));
      for (long turn = begin; turn < end; turn++) {
        drawn[next++] = own[(int) (turn % own.length)];
      }
    }
  }

  /** Returns how many of the first {@code count} extra draws are given to a class. */
  private long extrasOf(int c, long count) {
    int classes = turns.size();
    return (count + classes - 1 - c) / classes;
  }
}
