package org.nin4j.engine.onednn;

import java.util.Arrays;
import org.nin4j.engine.PlanSpec;
import org.nin4j.engine.internal.PlanMode;
import org.nin4j.engine.onednn.ProgramBuilder.Phase;

/**
 * A network compiled in inference mode that always computes a full batch: what is missing is filled
 * up with zeros, so that an image's results do not depend on the number of images.
 */
final class FullBatch implements AutoCloseable {
  private final ThreadSetting threads;
  private final OneDnnWeights weights;
  private final ProgramCache programs;
  private final CompiledNetwork compiled;
  private final int perImage;
  private final int classes;

  /**
   * @param mode with or without a backward pass
   */
  FullBatch(ThreadSetting threads, PlanSpec spec, OneDnnWeights weights, PlanMode mode) {
    this.threads = threads;
    this.weights = weights;
    perImage = Math.toIntExact(spec.network().input().elements());
    classes = spec.network().classes();
    weights.retain();
    programs = new ProgramCache();
    try {
      compiled =
          threads.with(
              () ->
                  programs.forBatch(
                      spec.batch(),
                      batch ->
                          CompiledNetwork.compile(
                              programs.engine(), threads.verifier(), spec, batch, weights, mode)));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Computes logits: NaN for images with a value that is not finite, and for all when the weights
   * have one.
   */
  void forward(
      float[] images,
      int offset,
      int count,
      boolean finiteWeights,
      float[] logits,
      int logitsOffset) {
    compiled.images().write(images, offset, count * perImage);
    compiled.images().clear(count * perImage);
    run(Phase.FORWARD);
    compiled.logits().read(logits, logitsOffset, count * classes);
    if (finiteWeights) {
      FiniteNumbers.mark(images, offset, perImage, count, logits, logitsOffset, classes);
    } else {
      Arrays.fill(logits, logitsOffset, logitsOffset + count * classes, Float.NaN);
    }
  }

  /**
   * Computes the gradient of the images of the last forward pass: NaN for images whose gradient of
   * the logits is not finite.
   */
  void backward(
      float[] logitsGradient, int offset, int count, float[] imagesGradient, int imagesOffset) {
    compiled.logitsGradient().write(logitsGradient, offset, count * classes);
    compiled.logitsGradient().clear(count * classes);
    run(Phase.BACKWARD);
    compiled.imagesGradient().read(imagesGradient, imagesOffset, count * perImage);
    FiniteNumbers.mark(
        logitsGradient, offset, classes, count, imagesGradient, imagesOffset, perImage);
  }

  private void run(Phase phase) {
    int before = threads.enter();
    try {
      programs.run(compiled, phase);
    } finally {
      threads.leave(before);
    }
  }

  /** The output of a layer that the specification names, in the last run. */
  Tensor output(int index) {
    return compiled.outputs().get(index);
  }

  /** Bytes of activations and scratch space. */
  long bytes() {
    return programs.bytes();
  }

  @Override
  public void close() {
    programs.close();
    weights.release();
  }
}
