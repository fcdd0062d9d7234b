package org.nin4j.engine.onednn.verify;

/**
 * Which share of the two factors of a product is not 0, so that sums of products stay small. The
 * shares are balanced: what there are few of is 0 less often, so that each factor occurs.
 *
 * @param left share of the left factors
 * @param right share of the right factors
 * @param rounds how many draws it takes until practically every factor has occurred
 */
record Density(double left, double right, int rounds) {
  /** Half of each, drawn once. */
  static final Density HALF = new Density(0.5, 0.5, 1);

  private static final double MOST = 0.5;

  /** Expected occurrences of a factor; none at all has a chance of exp(-6). */
  private static final double OCCURRENCES = 6;

  private static final int MOST_ROUNDS = 16;

  /**
   * @param terms products in a sum
   * @param wanted how many of them shall not be 0
   * @param lefts how many left factors meet a right factor, and so how many draws it has a part in
   * @param rights how many right factors meet a left factor
   */
  static Density of(double terms, double wanted, double lefts, double rights) {
    double both = Math.min(wanted / terms, MOST);
    double right = Math.max(both, Math.min(1, Math.sqrt(both * lefts / rights)));
    double left = both / right;
    double fewest =
        Math.min(both * lefts * rights, Math.min(once(left, lefts), once(right, rights)));
    int rounds = (int) Math.ceil(Math.min(MOST_ROUNDS, OCCURRENCES / fewest));
    return new Density(left, right, Math.max(1, rounds));
  }

  /** How often something occurs in one draw; where nothing is 0, always. */
  private static double once(double share, double count) {
    return share < 1 ? share * count : OCCURRENCES;
  }
}
