package org.nin4j.conformance;

import java.util.SplittableRandom;
import org.nin4j.nn.Size2d;

/** Random extents. */
final class Draw {
  private Draw() {}

  /** 1 to largest. */
  static int upTo(SplittableRandom random, int largest) {
    return 1 + random.nextInt(largest);
  }

  /** Each side 1 to largest; half of them squares. */
  static Size2d size(SplittableRandom random, int largest) {
    return random.nextBoolean()
        ? Size2d.of(upTo(random, largest))
        : new Size2d(upTo(random, largest), upTo(random, largest));
  }
}
