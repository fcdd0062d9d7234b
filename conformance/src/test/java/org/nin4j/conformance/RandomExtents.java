package org.nin4j.conformance;

import java.util.SplittableRandom;
import org.nin4j.nn.Size2d;

/** Random extents. */
final class RandomExtents {
  private RandomExtents() {}

  /** From 1 to {@code largest}. */
  static int upTo(SplittableRandom random, int largest) {
    return 1 + random.nextInt(largest);
  }

  /** Each side from 1 to {@code largest}; half of the sizes are squares. */
  static Size2d size(SplittableRandom random, int largest) {
    return random.nextBoolean()
        ? Size2d.of(upTo(random, largest))
        : new Size2d(upTo(random, largest), upTo(random, largest));
  }
}
