package org.nin4j.engine.onednn;

import java.util.Arrays;
import java.util.List;
import org.nin4j.engine.GradientPlan;
import org.nin4j.engine.PlanSpec;
import org.nin4j.engine.internal.PlanArguments;
import org.nin4j.engine.internal.PlanMode;
import org.nin4j.engine.internal.PlanState;

/** Forward pass in inference mode, and the backward pass up to the images. */
final class OneDnnGradientPlan implements GradientPlan {
  private final OneDnnWeights weights;
  private final PlanArguments arguments;
  private final PlanState state = new PlanState();
  private final FullBatch batch;
  private final int perImage;
  private final int classes;
  private final boolean[] finite; // of each image: whether the last forward pass had finite logits

  OneDnnGradientPlan(ThreadSetting threads, PlanSpec spec, OneDnnWeights weights) {
    this.weights = weights;
    arguments = new PlanArguments(spec);
    perImage = Math.toIntExact(spec.network().input().elements());
    classes = spec.network().classes();
    finite = new boolean[spec.batch()];
    batch = new FullBatch(threads, spec.withOutputs(List.of()), weights, PlanMode.INPUT_GRADIENT);
  }

  @Override
  public synchronized void forward(
      float[] images, int offset, int count, float[] logits, int logitsOffset) {
    state.requireOpen();
    boolean finiteWeights = weights.requireLoaded();
    arguments.checkRun(images, offset, count, logits, logitsOffset);
    state.beginForward();
    batch.forward(images, offset, count, finiteWeights, logits, logitsOffset);
    for (int n = 0; n < count; n++) {
      int row = logitsOffset + n * classes;
      finite[n] = FiniteNumbers.in(logits, row, row + classes);
    }
    state.endForward(count);
  }

  @Override
  public synchronized void backward(
      float[] logitsGradient, int offset, float[] imagesGradient, int imagesOffset) {
    int count = state.requireForward();
    arguments.checkBackward(count, logitsGradient, offset);
    arguments.checkInputGradient(count, imagesGradient, imagesOffset);
    batch.backward(logitsGradient, offset, count, imagesGradient, imagesOffset);
    for (int n = 0; n < count; n++) {
      if (!finite[n]) {
        int image = imagesOffset + n * perImage;
        Arrays.fill(imagesGradient, image, image + perImage, Float.NaN);
      }
    }
    state.endBackward();
  }

  @Override
  public synchronized long bytes() {
    state.requireOpen();
    return batch.bytes();
  }

  @Override
  public synchronized void close() {
    if (state.close()) {
      batch.close();
    }
  }
}
