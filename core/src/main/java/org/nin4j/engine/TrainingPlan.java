package org.nin4j.engine;

import java.util.List;

/**
 * A network compiled for training over {@link PreparedWeights}. It computes the shards of a batch,
 * one at a time. A plan is not for two threads at once: compile one for each. Plans of equal
 * specifications compute the same bits for the same shard.
 */
public interface TrainingPlan extends AutoCloseable {
  /**
   * Runs the forward pass in training mode. BatchNorm2d normalises over the images of the pass, and
   * with its running statistics where it is frozen. Where the images or the weights hold a NaN or
   * an infinity, oneDNN's engine writes NaN for all logits of the pass.
   *
   * @param images holds (N, C, H, W) from {@code offset} on
   * @param offset index of the first image's first value
   * @param count N, 1 to the plan's batch size
   * @param masks draws the masks of the Dropout layers, for images from 0 to N - 1
   * @param logits receives (N, classes) from {@code logitsOffset} on
   * @param logitsOffset index of the first image's first logit
   * @throws IllegalArgumentException when the count is out of range, when an array is too short, or
   *     when a BatchNorm2d layer that is not frozen would see one value of each channel, which has
   *     no variance
   * @throws IllegalStateException when not all weights have been loaded, or when the plan has been
   *     closed
   */
  void forward(
      float[] images, int offset, int count, DropoutMasks masks, float[] logits, int logitsOffset);

  /**
   * Runs the backward pass that belongs to the last forward pass. It stores the gradients of the
   * parameters, and the mean and variance that BatchNorm2d layers found, of the layers that are not
   * frozen.
   *
   * @param logitsGradient holds (N, classes), with N of the forward pass, from {@code offset} on
   * @param offset index of the first image's first value
   * @param target made by {@link #gradients} of a plan of the same specification over the same
   *     prepared weights
   * @param shard index of the images' shard in the batch, from 0
   * @throws IllegalArgumentException when the array is too short, when the target belongs to other
   *     weights, or when it has no such shard
   * @throws IllegalStateException when there was no forward pass since the last backward pass, or
   *     when the plan or the target has been closed
   */
  void backward(float[] logitsGradient, int offset, ShardGradients target, int shard);

  /**
   * Makes storage for the gradients of a batch. Memory for a shard is allocated when the shard is
   * first written.
   *
   * @param shards the most shards of a batch, at least 1
   * @return storage for this plan and all plans of the same specification over the same prepared
   *     weights; the caller closes it
   * @throws IllegalArgumentException when the number of shards is below 1
   */
  ShardGradients gradients(int shards);

  /**
   * Copies the gradient of the input images after {@link #backward}.
   *
   * @param target receives (N, C, H, W), with N of the last forward pass; it may be longer
   * @throws IllegalArgumentException when the target is too short
   * @throws IllegalStateException when the plan was compiled without this gradient, when there was
   *     no backward pass, or when the plan has been closed
   */
  void inputGradient(float[] target);

  /**
   * Reports the time of each step of the forward and the backward pass since the plan was compiled.
   * It counts the passes over the number of images that has occurred most often, without the first
   * of them.
   *
   * @return the steps, in the order in which they run
   */
  List<StepProfile> profile();

  /**
   * {@return the bytes of native memory of the plan itself: activations and scratch space, without
   * weights}
   */
  long bytes();

  /**
   * Frees the plan's memory. A closed plan throws a {@link org.nin4j.error.ClosedException} when it
   * is used; closing twice does nothing.
   */
  @Override
  void close();
}
