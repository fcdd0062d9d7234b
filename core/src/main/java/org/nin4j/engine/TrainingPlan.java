package org.nin4j.engine;

import java.util.List;

/** A network compiled for training. Not safe for use by two threads at once. */
public interface TrainingPlan extends AutoCloseable {
  /**
   * Forward pass in training mode. Also moves the running statistics of BatchNorm2d layers in
   * {@code weights}. Where images or weights hold a NaN or an infinity, oneDNN's engine gives NaN
   * for all logits.
   *
   * @param weights used for this pass and its backward pass
   * @param images (N, C, H, W), N from 1 to the plan's batch; the array may be longer
   * @param count N
   * @param masks the Dropout layers' masks
   * @param logits receives (N, classes); the array may be longer
   */
  void forward(Weights weights, float[] images, int count, DropoutMasks masks, float[] logits);

  /**
   * Backward pass of the last forward pass.
   *
   * @param logitsGradient (N, classes), N as in the forward pass
   * @param gradients its trainable arrays are overwritten with the gradients of the parameters
   */
  void backward(float[] logitsGradient, Weights gradients);

  /**
   * Gradient of the input images after {@link #backward}.
   *
   * @param target receives (N, C, H, W)
   * @throws IllegalStateException when the plan was compiled without it
   */
  void inputGradient(float[] target);

  /**
   * What each step of the forward and the backward pass has taken since the plan was compiled, in
   * the order of the steps. Only passes with a full batch count, without the first of them.
   */
  List<StepProfile> profile();

  /**
   * Frees the plan's memory. A closed plan throws IllegalStateException when used; closing twice
   * does nothing.
   */
  @Override
  void close();
}
