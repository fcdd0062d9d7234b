package org.nin4j.train;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import org.nin4j.data.BatchParts;
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

  /**
   * Prepares parts of the training's batches.
   *
   * @param images the images to train on
   * @param threads number of threads that may prepare images at the same time
   * @param most most images of a part
   * @return parts of the batches that a training on one machine takes
   */
  public BatchParts parts(ImageDataset images, int threads, int most) {
    return loading(images).buildParts(threads, most);
  }

  /**
   * Returns which images some shards of a step are computed from.
   *
   * @param parts made by {@link #parts}
   * @param images number of images to train on
   * @param epoch index of the epoch, from 0
   * @param step index of the step in the epoch, from 0
   * @param range the shards
   * @return indices in the data set, rising; images that are mixed into others are among them
   */
  public int[] images(BatchParts parts, int images, int epoch, int step, ShardRange range) {
    int batch = batching(images).size(step);
    return range.count() == 0
        ? new int[0]
        : parts.images(
            epoch, step, split().begin(range.begin()), split().end(range.end() - 1, batch));
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
