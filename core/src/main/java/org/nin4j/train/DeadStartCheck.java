package org.nin4j.train;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.nin4j.nn.Network;
import org.nin4j.nn.Parameter;
import org.nin4j.nn.Parameter.Role;

/**
 * Detects a dead start, a network that no longer learns: the gradient of its first trainable weight
 * is exactly zero for many steps in a row. In Network in Network the cause is the ReLU before the
 * global average pooling: once all of its inputs are negative for every image, logits and gradients
 * stay 0.
 */
final class DeadStartCheck implements StepCheck {
  /** Number of consecutive steps without a gradient, too many to be chance. */
  static final int STEPS = 20;

  /** Below this loss, gradients may be zero because there is nothing left to learn. */
  private static final double SMALL_LOSS = 0.01;

  private final OptionalInt firstWeight;
  private final int classes;
  private int stepsWithoutGradient;

  /**
   * Creates a check, which never fails for a network without a trainable weight.
   *
   * @param frozen paths of the layers and blocks that have no gradients
   */
  DeadStartCheck(Network network, Set<String> frozen) {
    List<Parameter> parameters = network.parameters();
    firstWeight =
        IntStream.range(0, parameters.size())
            .filter(i -> parameters.get(i).role() == Role.WEIGHT && parameters.get(i).trainable())
            .filter(i -> !FrozenLayers.contains(frozen, parameters.get(i)))
            .findFirst();
    classes = network.classes();
  }

  @Override
  public void check(Step step) {
    boolean converged = step.loss() < SMALL_LOSS;
    boolean dead =
        !converged
            && firstWeight.isPresent()
            && isZero(step.gradients().values(firstWeight.getAsInt()));
    stepsWithoutGradient = dead ? stepsWithoutGradient + 1 : 0;
    if (stepsWithoutGradient < STEPS) {
      return;
    }
    throw new TrainingException(
        String.format(
            Locale.ROOT,
            "dead start in epoch %d, step %d: no gradient has reached the first layer for %d steps,"
                + " because the last ReLU outputs 0 for every image; the loss stays at %.4f (guessing"
                + " gives ln %d = %.4f) and does not recover. Train with the recipe 'default', whose"
                + " initialization avoids this, or try another seed or a lower learning rate",
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
