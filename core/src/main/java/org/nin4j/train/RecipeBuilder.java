package org.nin4j.train;

import java.util.List;
import org.nin4j.data.Augmentation;

/**
 * Builds a {@link Recipe}. The values that are not set: He initialization, AdamW with PyTorch's
 * constants and a weight decay of 0.01, a constant learning rate of 0.001, 10 epochs, batches of
 * 128 images in 8 shards, no clipping, no augmentation, pixels scaled to [0, 1], no label
 * smoothing.
 */
public final class RecipeBuilder {
  private final String name;
  private Initializer initializer = Initializer.HE;
  private OptimizerConfig optimizer = new OptimizerConfig.AdamW(0.01f);
  private Schedule schedule = Schedule.constant(1e-3);
  private int epochs = 10;
  private int batchSize = 128;
  private int shards = 8;
  private double clipNorm = Double.POSITIVE_INFINITY;
  private List<Augmentation> augmentations = List.of();
  private boolean normalize;
  private double labelSmoothing;

  RecipeBuilder(String name) {
    this.name = name;
  }

  /** Sets how weights begin. */
  public RecipeBuilder initializer(Initializer newInitializer) {
    initializer = newInitializer;
    return this;
  }

  /** Sets how weights are moved. */
  public RecipeBuilder optimizer(OptimizerConfig newOptimizer) {
    optimizer = newOptimizer;
    return this;
  }

  /** Sets the learning rate of each step. */
  public RecipeBuilder schedule(Schedule newSchedule) {
    schedule = newSchedule;
    return this;
  }

  /**
   * Sets the highest learning rate of the schedule.
   *
   * @throws IllegalArgumentException when the rate is not above 0
   */
  public RecipeBuilder learningRate(double newRate) {
    schedule = schedule.withLearningRate(newRate);
    return this;
  }

  /** Sets how many times all images are seen, at least 1. */
  public RecipeBuilder epochs(int newEpochs) {
    epochs = newEpochs;
    return this;
  }

  /**
   * Sets the number of images of a step, at least 1. A batch with fewer images than shards has one
   * image a shard.
   */
  public RecipeBuilder batchSize(int newBatchSize) {
    batchSize = newBatchSize;
    shards = Math.max(1, Math.min(shards, newBatchSize));
    return this;
  }

  /** Sets the number of parts that a batch is cut into, 1 to the batch size. */
  public RecipeBuilder shards(int newShards) {
    shards = newShards;
    return this;
  }

  /** Sets the largest norm of all gradients together, above 0; infinite for no clipping. */
  public RecipeBuilder clipNorm(double newClipNorm) {
    clipNorm = newClipNorm;
    return this;
  }

  /** Sets the random changes to each training image, in the order in which they are applied. */
  public RecipeBuilder augmentations(List<Augmentation> newAugmentations) {
    augmentations = List.copyOf(newAugmentations);
    return this;
  }

  /** Sets the random changes to each training image, in the order in which they are applied. */
  public RecipeBuilder augmentations(Augmentation... newAugmentations) {
    return augmentations(List.of(newAugmentations));
  }

  /**
   * Sets whether pixels are shifted and scaled by the training images' mean and standard deviation.
   */
  public RecipeBuilder normalize(boolean newNormalize) {
    normalize = newNormalize;
    return this;
  }

  /** Sets the label smoothing, from 0 to below 1. */
  public RecipeBuilder labelSmoothing(double newLabelSmoothing) {
    labelSmoothing = newLabelSmoothing;
    return this;
  }

  /**
   * Builds the recipe.
   *
   * @throws IllegalArgumentException when a value is out of its range
   */
  public Recipe build() {
    return new Recipe(
        name,
        initializer,
        optimizer,
        schedule,
        epochs,
        batchSize,
        shards,
        clipNorm,
        augmentations,
        normalize,
        labelSmoothing);
  }
}
