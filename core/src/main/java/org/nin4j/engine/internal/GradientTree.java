package org.nin4j.engine.internal;

/**
 * The one order in which the shards of a batch are added: a binary tree over their numbers, ((0 +
 * 1) + (2 + 3)) + ((4 + 5) + 6). Each subtree is over numbers from a multiple of a power of two on,
 * so it may be added wherever its shards are: by any thread, or on any machine.
 *
 * <p>Shards come in order, and at most one partial sum is kept for each bit of their number.
 */
public final class GradientTree {
  /** How many values are added at a time: few enough for the innermost cache. */
  public static final int RANGE = 4096;

  private static final int DEPTH = 32; // partial sums of up to 2^31 shards

  private final float[][] partial = new float[DEPTH][];

  /**
   * Where the values are that are added: those of shards, or of subtrees that were added before.
   */
  @FunctionalInterface
  public interface Source {
    /**
     * Copies values of one shard or subtree to the beginning of an array.
     *
     * @param from index of the first value
     */
    void read(int number, int from, int count, float[] target);

    /**
     * Returns how many shards a subtree has: a power of two, of which the number of shards before
     * it is a multiple.
     */
    default int shards(int number) {
      return 1;
    }
  }

  /**
   * Adds a range of values of all shards or subtrees, without allocating anything.
   *
   * @param numbers how many shards or subtrees, at least 1
   * @param from index of the range's first value
   * @param count how many values, at most {@link #RANGE}
   * @param source read in order
   * @return the sums, from the array's beginning; valid until the next call
   */
  public float[] sum(int numbers, int from, int count, Source source) {
    int shards = 0;
    for (int number = 0; number < numbers; number++) {
      int level = Integer.bitCount(shards);
      source.read(number, from, count, at(level));
      for (int size = source.shards(number); (shards & size) != 0; size <<= 1) {
        add(partial[level - 1], partial[level], count);
        level--;
      }
      shards += source.shards(number);
    }
    for (int level = Integer.bitCount(shards) - 1; level > 0; level--) {
      add(partial[level - 1], partial[level], count);
    }
    return partial[0];
  }

  /**
   * Adds all values of all shards or subtrees.
   *
   * @param numbers how many shards or subtrees, at least 1
   * @param source read in order, range by range
   * @param target receives the sums
   */
  public void sum(int numbers, Source source, float[] target) {
    for (int from = 0; from < target.length; from += RANGE) {
      int count = Math.min(RANGE, target.length - from);
      System.arraycopy(sum(numbers, from, count, source), 0, target, from, count);
    }
  }

  private float[] at(int level) {
    if (partial[level] == null) {
      partial[level] = new float[RANGE];
    }
    return partial[level];
  }

  private static void add(float[] left, float[] right, int count) {
    for (int i = 0; i < count; i++) {
      left[i] += right[i];
    }
  }
}
