package org.nin4j.engine.reference;

import org.nin4j.engine.Weights;

/**
 * One layer, compiled for one input shape. All arrays of values are (N, ...) in row-major order and
 * may be longer; a step owns what else it needs, so that running it allocates no arrays.
 */
interface ForwardStep {
  /**
   * Overwrites the first N images of dst.
   *
   * @param count N
   */
  void forward(Weights weights, int count, float[] src, float[] dst);
}
