package org.nin4j.train;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.nin4j.data.DataSource;
import org.nin4j.engine.Precision;
import org.nin4j.nn.Network;
import org.nin4j.nn.Parameter;

/**
 * What identifies a training. Two trainings with equal setups and the same engine compute the same
 * bits, on any number of threads.
 *
 * @param network the network that is trained
 * @param recipe the hyperparameters
 * @param seed the seed of the initial weights, the order of the images, the augmentation and
 *     Dropout
 * @param precision the precision of the arithmetic
 * @param data the source of the images, as the user named it, and how they were opened
 * @param fingerprint the fingerprint of all images and labels
 * @param start the model that the training starts from; empty to start from the recipe's
 *     initialization
 * @param frozen paths of the layers and blocks that keep their weights, such as {@code 0} for the
 *     whole first block, in the order in which they run
 */
public record TrainingSetup(
    Network network,
    Recipe recipe,
    long seed,
    Precision precision,
    DataSource data,
    String fingerprint,
    Optional<Start> start,
    Set<String> frozen) {
  /**
   * Copies the set, and keeps its order.
   *
   * @param network the network that is trained
   * @param recipe the hyperparameters
   * @param seed the seed of the initial weights, the order of the images, the augmentation and
   *     Dropout
   * @param precision the precision of the arithmetic
   * @param data the source of the images, as the user named it, and how they were opened
   * @param fingerprint the fingerprint of all images and labels
   * @param start the model that the training starts from; empty to start from the recipe's
   *     initialization
   * @param frozen paths of the layers and blocks that keep their weights
   */
  public TrainingSetup {
    frozen = Collections.unmodifiableSet(new LinkedHashSet<>(frozen));
  }

  /**
   * Creates the setup of a training that starts from the recipe's initialization and freezes
   * nothing.
   *
   * @param network the network that is trained
   * @param recipe the hyperparameters
   * @param seed the seed of the initial weights, the order of the images, the augmentation and
   *     Dropout
   * @param precision the precision of the arithmetic
   * @param data the source of the images, as the user named it, and how they were opened
   * @param fingerprint the fingerprint of all images and labels
   */
  public TrainingSetup(
      Network network,
      Recipe recipe,
      long seed,
      Precision precision,
      DataSource data,
      String fingerprint) {
    this(network, recipe, seed, precision, data, fingerprint, Optional.empty(), Set.of());
  }

  /** {@return the number of values in frozen parameters; buffers are not counted} */
  public long frozenParameterCount() {
    return network.parameters().stream()
        .filter(parameter -> parameter.trainable() && FrozenLayers.contains(frozen, parameter))
        .mapToLong(Parameter::size)
        .sum();
  }

  /**
   * Creates the optimizer of the training, which leaves frozen parameters as they are.
   *
   * @return a new optimizer, with its moments at the start of a training
   * @throws IllegalArgumentException when a parameter group of the recipe names a layer that the
   *     network does not have
   */
  public Optimizer createOptimizer() {
    return recipe.createOptimizer(network, frozen);
  }
}
