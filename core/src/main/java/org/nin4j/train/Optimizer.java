package org.nin4j.train;

import java.util.Map;
import org.nin4j.engine.Weights;

/**
 * Updates weights from their gradients. An optimizer keeps moments, which have the shapes of the
 * weights. It does not change parameters that are not trainable, such as running statistics.
 *
 * <p>A step consists of a call of {@link #begin}, followed by one call of {@link #update} for each
 * parameter, including running statistics, which have already been moved by then. Different
 * parameters may be updated by different threads at the same time.
 */
public interface Optimizer {
  /**
   * Begins a step.
   *
   * @param learningRate the learning rate of the step
   * @param gradientScale factor by which gradients are multiplied before they are used; below 1
   *     when their norm is clipped
   */
  void begin(double learningRate, float gradientScale);

  /**
   * Updates one parameter in the current step, if it is trained.
   *
   * @param weights the weights of the network, of which one parameter is changed
   * @param gradients the gradients of all parameters
   * @param index index of a parameter in {@link Weights#parameters()}
   */
  void update(Weights weights, Weights gradients, int index);

  /**
   * Returns the weights that are to be evaluated and saved in place of those that are trained.
   *
   * @param weights the trained weights
   * @return the trained weights themselves, unless the optimizer averages them
   */
  default Weights evaluated(Weights weights) {
    return weights;
  }

  /**
   * Returns how many steps have begun so far.
   *
   * @return number of steps, 0 for a new optimizer
   */
  long steps();

  /**
   * Returns the moments by PyTorch's names for them, such as {@code exp_avg}.
   *
   * @return the moments themselves, not copies; empty for an optimizer without moments
   */
  Map<String, Weights> moments();

  /**
   * Resumes from the state of an optimizer with the same configuration, whose moments have been
   * copied into {@link #moments()}.
   *
   * @param steps number of steps that the other optimizer had done
   */
  void resumeAt(long steps);
}
