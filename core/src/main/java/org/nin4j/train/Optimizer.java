package org.nin4j.train;

import java.util.Map;
import org.nin4j.engine.Weights;

/**
 * Moves weights against their gradients. Keeps moments of the weights' form; buffers are left
 * alone.
 */
public interface Optimizer {
  /**
   * One step.
   *
   * @param gradientScale what each gradient is multiplied by first: below 1 where their norm is
   *     clipped
   */
  void step(Weights weights, Weights gradients, double learningRate, float gradientScale);

  /** Steps taken so far. */
  long steps();

  /** What it remembers, by name ({@code momentum}, {@code exp_avg}, ...); not copies. */
  Map<String, Weights> moments();

  /**
   * Takes up where another one of the same kind stopped, whose moments have been copied into this
   * one's.
   */
  void resumeAt(long steps);
}
