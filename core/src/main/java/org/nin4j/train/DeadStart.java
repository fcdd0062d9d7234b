package org.nin4j.train;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.nin4j.nn.Network;
import org.nin4j.nn.Parameter;
import org.nin4j.nn.Parameter.Role;

/**
 * Recognises a network that no longer learns: the gradient of the first trained weight is exactly
 * zero for many steps in a row. In Network in Network the cause is the ReLU before the average:
 * once all of its units are negative for all images, logits and gradients stay 0.
 */
final class DeadStart implements StepCheck {
  /** Steps in a row; chance alone does not silence every unit for so long. */
  static final int STEPS = 20;

  /** Below it gradients may have vanished because there is nothing left to learn. */
  private static final double SMALL_LOSS = 0.01;

  private final OptionalInt firstWeight;
  private final int classes;
  private int silent;

  /** Of a network; one without a trained weight never dies. */
  DeadStart(Network network) {
    List<Parameter> parameters = network.parameters();
    firstWeight =
        IntStream.range(0, parameters.size())
            .filter(i -> parameters.get(i).role() == Role.WEIGHT && parameters.get(i).trainable())
            .findFirst();
    classes = network.classes();
  }

  @Override
  public void check(Step step) {
    boolean learnt = step.loss() < SMALL_LOSS;
    boolean dead =
        !learnt
            && firstWeight.isPresent()
            && isZero(step.gradients().values(firstWeight.getAsInt()));
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
            step.epoch(),
            step.number(),
            STEPS,
            step.loss(),
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
