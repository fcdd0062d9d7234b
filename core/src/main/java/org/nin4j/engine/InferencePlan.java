package org.nin4j.engine;

/**
 * A network compiled for inference over {@link PreparedWeights}. Not meant for two threads at once:
 * compile a plan for each. Every run is the same computation, for fewer images than the plan's
 * batch too: the logits of an image do not depend on its neighbours, nor on what ran before.
 */
public interface InferencePlan extends AutoCloseable {
  /**
   * Computes logits. Where an image or the weights hold a NaN or an infinity, no ordinary logits
   * are made up: the reference engine carries it through as PyTorch does, oneDNN's gives NaN for
   * all logits of the image. An overflow between layers, of numbers beyond all use, oneDNN's engine
   * does not see.
   *
   * @param images holds (N, C, H, W) from an offset on
   * @param offset index of the first image's first value
   * @param count N, 1 to the plan's batch
   * @param logits receives (N, classes) from an offset on
   * @param logitsOffset index of the first image's first logit
   * @throws IllegalArgumentException when the count or an array's length does not fit
   * @throws IllegalStateException when the weights have not been loaded, or this has been closed
   */
  void run(float[] images, int offset, int count, float[] logits, int logitsOffset);

  /** The same from the beginning of both arrays. */
  default void run(float[] images, int count, float[] logits) {
    run(images, 0, count, logits, 0);
  }

  /**
   * What a layer has put out in the last run.
   *
   * @param index in {@link PlanSpec#outputs}
   * @param target receives (N, ...) of that run, from its beginning; may be longer
   * @throws IllegalArgumentException when it is too short, or there is no such output
   * @throws IllegalStateException when nothing has been run, or this has been closed
   */
  void output(int index, float[] target);

  /** Bytes of native memory of the plan itself: activations and scratch space, without weights. */
  long bytes();

  /**
   * Frees the plan's memory. A closed plan throws ClosedException when used; closing twice does
   * nothing.
   */
  @Override
  void close();
}
