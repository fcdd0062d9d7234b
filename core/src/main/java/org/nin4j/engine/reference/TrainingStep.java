package org.nin4j.engine.reference;

import org.nin4j.engine.Weights;

/**
 * One layer with its backward pass, which follows a forward pass with the same src and count. The
 * gradient of the weights comes first, that of the data after it.
 */
interface TrainingStep extends ForwardStep {
  /**
   * Overwrites the gradients of this layer's parameters; a layer without any does nothing.
   *
   * @param diffDst gradient of the layer's output
   */
  default void backwardWeights(Weights gradients, int count, float[] src, float[] diffDst) {}

  /** Overwrites diffSrc with the gradient of what the layer took in. */
  void backwardData(Weights weights, int count, float[] src, float[] diffDst, float[] diffSrc);
}
