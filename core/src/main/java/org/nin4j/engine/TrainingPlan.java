package org.nin4j.engine;

import java.util.List;

/**
 * A network compiled for training over {@link PreparedWeights}, on shards of a batch. Not meant for
 * two threads at once: compile a plan for each. Plans of equal specifications give the same bits
 * for the same shard.
 */
public interface TrainingPlan extends AutoCloseable {
  /**
   * Forward pass in training mode. BatchNorm2d normalises over the images of the pass. Where images
   * or weights hold a NaN or an infinity, oneDNN's engine gives NaN for all logits.
   *
   * @param images holds (N, C, H, W) from an offset on
   * @param offset index of the first image's first value
   * @param count N, 1 to the plan's batch
   * @param masks the Dropout layers' masks; asked with images from 0 to N - 1
   * @param logits receives (N, classes) from an offset on
   * @param logitsOffset index of the first image's first logit
   */
  void forward(
      float[] images, int offset, int count, DropoutMasks masks, float[] logits, int logitsOffset);

  /**
   * Backward pass of the last forward pass; stores the gradients of the parameters and the
   * statistics of BatchNorm2d layers.
   *
   * @param logitsGradient holds (N, classes), N as in the forward pass, from an offset on
   * @param offset index of the first image's first value
   * @param target made by {@link #gradients} of a plan of the same specification over the same
   *     prepared weights
   * @param shard which shard of the batch the images were, from 0
   */
  void backward(float[] logitsGradient, int offset, ShardGradients target, int shard);

  /**
   * Room for the gradients of a batch.
   *
   * @param shards of the batch, at most; memory is taken for each when it is first written
   */
  ShardGradients gradients(int shards);

  /**
   * Gradient of the input images after {@link #backward}.
   *
   * @param target receives (N, C, H, W)
   * @throws IllegalStateException when the plan was compiled without it
   */
  void inputGradient(float[] target);

  /**
   * What each step of the forward and the backward pass has taken since the plan was compiled, in
   * the order of the steps. Of the passes with the number of images that has occurred most often,
   * without the first of them.
   */
  List<StepProfile> profile();

  /** Bytes of native memory of the plan itself: activations and scratch space. */
  long bytes();

  /**
   * Frees the plan's memory. A closed plan throws ClosedException when used; closing twice does
   * nothing.
   */
  @Override
  void close();
}
