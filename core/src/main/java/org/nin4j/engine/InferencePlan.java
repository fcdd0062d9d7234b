package org.nin4j.engine;

/**
 * A network compiled for inference over {@link PreparedWeights}. A plan is not for two threads at
 * once: compile one for each. Every run performs the same computation, also for fewer images than
 * the plan's batch: the logits of an image depend neither on the other images of the run nor on
 * earlier runs.
 */
public interface InferencePlan extends AutoCloseable {
  /**
   * Computes logits. An image or weights with a NaN or an infinity never lead to ordinary logits:
   * the reference engine propagates it as PyTorch does, and oneDNN's engine writes NaN for all
   * logits of the image. oneDNN's engine does not notice an overflow between layers.
   *
   * @param images holds (N, C, H, W) from {@code offset} on
   * @param offset index of the first image's first value
   * @param count N, 1 to the plan's batch size
   * @param logits receives (N, classes) from {@code logitsOffset} on
   * @param logitsOffset index of the first image's first logit
   * @throws IllegalArgumentException when the count is out of range or an array is too short
   * @throws IllegalStateException when not all weights have been loaded, or when the plan has been
   *     closed
   */
  void run(float[] images, int offset, int count, float[] logits, int logitsOffset);

  /**
   * Computes logits from the beginning of both arrays; otherwise as {@link #run(float[], int, int,
   * float[], int)}.
   *
   * @param images holds (N, C, H, W); it may be longer
   * @param count N, 1 to the plan's batch size
   * @param logits receives (N, classes); it may be longer
   * @throws IllegalArgumentException when the count is out of range or an array is too short
   * @throws IllegalStateException when not all weights have been loaded, or when the plan has been
   *     closed
   */
  default void run(float[] images, int count, float[] logits) {
    run(images, 0, count, logits, 0);
  }

  /**
   * Copies the output of a layer from the last run.
   *
   * @param index index in {@link PlanSpec#outputs}
   * @param target receives (N, C, H, W) or (N, features), with N of the last run; it may be longer
   * @throws IllegalArgumentException when the target is too short, or when there is no such output
   * @throws IllegalStateException when nothing has been run, or when the plan has been closed
   */
  void output(int index, float[] target);

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
