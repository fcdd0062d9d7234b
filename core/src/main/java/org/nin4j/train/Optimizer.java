package org.nin4j.train;

import java.util.Map;
import org.nin4j.engine.Weights;

/**
 * Moves weights against their gradients. Keeps moments of the weights' form; buffers are left
 * alone.
 *
 * <p>A step begins, and then each parameter is updated once: different ones by different threads at
 * the same time, if need be.
 */
public interface Optimizer {
  /**
   * Begins a step.
   *
   * @param gradientScale what each gradient is multiplied by first: below 1 where their norm is
   *     clipped
   */
  void begin(double learningRate, float gradientScale);

  /**
   * Updates one parameter in the step that has begun.
   *
   * @param index in the network's parameters, of a trainable one
   */
  void update(Weights weights, Weights gradients, int index);

  /** A whole step on the calling thread. */
  default void step(Weights weights, Weights gradients, double learningRate, float gradientScale) {
    begin(learningRate, gradientScale);
    for (int i = 0; i < weights.count(); i++) {
      if (weights.parameters().get(i).trainable()) {
        update(weights, gradients, i);
      }
    }
  }

  /** Steps begun so far. */
  long steps();

  /** What it remembers, by name ({@code momentum}, {@code exp_avg}, ...); not copies. */
  Map<String, Weights> moments();

  /**
   * Takes up where another one of the same kind stopped, whose moments have been copied into this
   * one's.
   */
  void resumeAt(long steps);
}
