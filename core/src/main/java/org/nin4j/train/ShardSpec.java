package org.nin4j.train;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import org.nin4j.data.Batching;
import org.nin4j.data.DataLoader;
import org.nin4j.data.DataLoaderBuilder;
import org.nin4j.data.ImageDataset;
import org.nin4j.data.Preprocessing;
import org.nin4j.engine.PlanSpec;
import org.nin4j.engine.Precision;
import org.nin4j.nn.Network;

/**
 * What the shards of a training's steps depend on besides the weights and the images: everything
 * that another process needs to compute them to the same bits.
 *
 * @param network the network that is trained
 * @param recipe the hyperparameters
 * @param seed the seed of the order of the images, the augmentation and Dropout
 * @param precision the precision of the arithmetic
 * @param preprocessing how an image is converted to the network's input
 * @param frozen paths of the layers and blocks that keep their weights
 */
public record ShardSpec(
    Network network,
    Recipe recipe,
    long seed,
    Precision precision,
    Preprocessing preprocessing,
    Set<String> frozen) {
  /**
   * Copies the set, and keeps its order.
   *
   * @param network the network that is trained
   * @param recipe the hyperparameters
   * @param seed the seed of the order of the images, the augmentation and Dropout
   * @param precision the precision of the arithmetic
   * @param preprocessing how an image is converted to the network's input
   * @param frozen paths of the layers and blocks that keep their weights
   */
  public ShardSpec {
    frozen = Collections.unmodifiableSet(new LinkedHashSet<>(frozen));
  }

  static ShardSpec of(TrainingSetup setup, Preprocessing preprocessing) {
    return new ShardSpec(
        setup.network(),
        setup.recipe(),
        setup.seed(),
        setup.precision(),
        preprocessing,
        setup.frozen());
  }

  /**
   * Returns how the images of an epoch are divided into the batches of its steps.
   *
   * @param images number of images to train on, at least 1
   * @return the batches
   */
  public Batching batching(int images) {
    return new Batching(images, recipe.batchSize(), recipe.dropLast());
  }

  /**
   * Returns the number of shards of a batch.
   *
   * @param batch number of images in the batch, at least 1
   * @return a number that the recipe determines
   */
  public int shards(int batch) {
    return split().count(batch);
  }

  Shards split() {
    return Shards.of(recipe.batchSize(), recipe.shards());
  }

  /** The specification of the plans, for one image. */
  PlanSpec plan() {
    return PlanSpec.of(network, 1, precision).withFrozen(frozen);
  }

  DataLoaderBuilder loading(ImageDataset images) {
    DataLoaderBuilder loading =
        DataLoader.builder(images, preprocessing, recipe.batchSize())
            .sampling(recipe.balance().sampling())
            .dropLast(recipe.dropLast())
            .augmentations(recipe.augmentations())
            .seed(seed);
    recipe.mixing().ifPresent(loading::mixing);
    return loading;
  }
}
