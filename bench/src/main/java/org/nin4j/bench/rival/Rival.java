package org.nin4j.bench.rival;

import org.nin4j.bench.result.Contender;
import org.nin4j.bench.result.Work;

/** A contender with a network, its weights and a batch of images, ready to work. */
interface Rival extends AutoCloseable {
  /** SGD's learning rate and momentum in a training step. */
  float LEARNING_RATE = 0.001f;

  float MOMENTUM = 0.9f;

  static Rival of(Contender contender, Exercise exercise, Work work) throws Exception {
    return switch (contender) {
      case NIN4J_FP32, NIN4J_BF16, NIN4J_INT8 -> new Nin4jRival(contender, exercise, work);
      case PYTORCH_FP32 -> new TorchRival(exercise, work, false);
      case PYTORCH_BF16 -> new TorchRival(exercise, work, true);
      case PYTORCH_DJL -> new DjlRival(exercise, work);
      case ONNX_RUNTIME ->
          work == Work.CALLERS
              ? new OnnxCallers(exercise)
              : new OnnxRival(exercise, ChildSettings.threads());
    };
  }

  /** From images in Java's memory to logits in Java's memory: (batch, classes). */
  float[] infer() throws Exception;

  /**
   * Forward pass, mean cross-entropy, backward pass and update by SGD with momentum.
   *
   * @return the loss before the update
   */
  double step() throws Exception;

  /**
   * Answers the only image of the exercise to one caller of several.
   *
   * @param caller which one, from 0
   */
  default void answer(int caller) throws Exception {
    throw new UnsupportedOperationException("one caller at a time");
  }

  @Override
  void close();
}
