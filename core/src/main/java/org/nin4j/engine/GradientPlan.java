package org.nin4j.engine;

/**
 * A network compiled over {@link PreparedWeights} for the gradient of its input images, which
 * explains what the network looks at. All layers are in inference mode: BatchNorm2d normalises with
 * its running statistics, and Dropout does nothing. No gradients of parameters are computed. A plan
 * is not for two threads at once: compile one for each.
 *
 * <p>Every run performs the same computation, also for fewer images than the plan's batch: the
 * logits and the gradient of an image depend neither on the other images of the run nor on earlier
 * runs.
 */
public interface GradientPlan extends AutoCloseable {
  /**
   * Computes logits, and keeps what the backward pass needs. An image or weights with a NaN or an
   * infinity never lead to ordinary logits: the reference engine propagates it as PyTorch does, and
   * oneDNN's engine writes NaN for all logits of the image. oneDNN's engine does not notice an
   * overflow between layers.
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
  void forward(float[] images, int offset, int count, float[] logits, int logitsOffset);

  /**
   * Runs the backward pass that belongs to the last forward pass. With L a function of the logits z
   * and x the images, it computes dL/dx from dL/dz; a 1 for one class and 0 for all others gives
   * the gradient of that class's logit. It is zero where the logit comes out of a ReLU that was
   * closed everywhere, as the last layer of a network may be.
   *
   * <p>oneDNN's engine writes NaN for the whole gradient of an image whose logits, or the gradient
   * of whose logits, have a NaN or an infinity.
   *
   * @param logitsGradient holds (N, classes), with N of the forward pass, from {@code offset} on
   * @param offset index of the first image's first value
   * @param imagesGradient receives (N, C, H, W) from {@code imagesOffset} on
   * @param imagesOffset index of the first image's first value
   * @throws IllegalArgumentException when an array is too short
   * @throws IllegalStateException when there was no forward pass since the last backward pass, or
   *     when the plan has been closed
   */
  void backward(float[] logitsGradient, int offset, float[] imagesGradient, int imagesOffset);

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
