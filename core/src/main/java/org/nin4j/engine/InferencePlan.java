package org.nin4j.engine;

/** A network compiled for inference. Not safe for use by two threads at once. */
public interface InferencePlan extends AutoCloseable {
  /** Copies the weights into the plan; must be called before the first run. */
  void load(Weights weights);

  /**
   * Computes logits. Where an image or the weights hold a NaN or an infinity, no ordinary logits
   * are made up: the reference engine carries it through as PyTorch does, oneDNN's gives NaN for
   * all logits of the image. An overflow between layers, of numbers beyond all use, oneDNN's engine
   * does not see.
   *
   * @param images (N, C, H, W), N from 1 to the plan's batch; the array may be longer
   * @param count N
   * @param logits receives (N, classes); the array may be longer
   */
  void run(float[] images, int count, float[] logits);

  /**
   * Frees the plan's memory. A closed plan throws IllegalStateException when used; closing twice
   * does nothing.
   */
  @Override
  void close();
}
