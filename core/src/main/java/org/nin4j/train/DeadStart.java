package org.nin4j.train;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.nin4j.engine.Weights;
import org.nin4j.nn.Parameter;
import org.nin4j.nn.Parameter.Role;

/**
 * Recognises a network that no longer learns: the first layer's gradient is exactly zero for many
 * steps in a row. In Network in Network it comes from the ReLU before the average: once all of its
 * units are negative for all images, logits and gradients are 0 for ever.
 */
final class DeadStart {
  /** Steps in a row; chance alone does not silence every unit for so long. */
  static final int STEPS = 20;

  /** Below it gradients may have vanished because there is nothing left to learn. */
  private static final double SMALL_LOSS = 0.01;

  private final int firstWeight;
  private int silent;

  /** Of a network; one without a weight never dies. */
  DeadStart(List<Parameter> parameters) {
    firstWeight =
        IntStream.range(0, parameters.size())
            .filter(i -> parameters.get(i).role() == Role.WEIGHT)
            .findFirst()
            .orElse(-1);
  }

  /**
   * Looks at the gradients of a step.
   *
   * @throws TrainingException when the network is dead, with what to do
   */
  void check(Weights gradients, int epoch, int batch, double loss, int classes) {
    boolean learnt = loss < SMALL_LOSS;
    boolean dead = firstWeight >= 0 && !learnt && isZero(gradients.values(firstWeight));
    silent = dead ? silent + 1 : 0;
    if (silent < STEPS) {
      return;
    }
    throw new TrainingException(
        String.format(
            Locale.ROOT,
            "dead start in epoch %d, step %d: no gradient has reached the first layer for %d steps,"
                + " because the last ReLU's units are negative for every image; the loss stays at"
                + " %.4f (ln %d = %.4f is chance) and never recovers. Train with the recipe"
                + " 'default', whose start keeps every class alive, or try another seed or a lower"
                + " learning rate",
            epoch,
            batch,
            STEPS,
            loss,
            classes,
            Math.log(classes)));
  }

  private static boolean isZero(float[] values) {
    for (float value : values) {
      if (value != 0) {
        return false;
      }
    }
    return true;
  }
}
