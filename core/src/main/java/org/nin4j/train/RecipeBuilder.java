package org.nin4j.train;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.nin4j.data.Augmentation;
import org.nin4j.data.Mixing;
import org.nin4j.train.schedule.Schedule;

/**
 * Builds a {@link Recipe}. Values that are not set have these defaults: He initialization, AdamW
 * with PyTorch's constants and a weight decay of 0.01, a constant learning rate of 0.001, 10
 * epochs, batches of 128 images in 8 shards, no clipping, no augmentation, pixels scaled to [0, 1]
 * and no label smoothing.
 */
public final class RecipeBuilder {
  private final String name;
  private Initializer initializer = Initializer.HE;
  private List<DataInitializer> dataInitializers = List.of();
  private OptimizerConfig optimizer = new OptimizerConfig.AdamW(0.01f);
  private List<ParameterGroup> parameterGroups = List.of();
  private Schedule schedule = Schedule.constant(1e-3);
  private int epochs = 10;
  private int batchSize = 128;
  private int shards = 8;
  private boolean dropLast;
  private ClassBalance balance = ClassBalance.NONE;
  private double clipNorm = Double.POSITIVE_INFINITY;
  private List<Augmentation> augmentations = List.of();
  private Optional<Mixing> mixing = Optional.empty();
  private Resizing resizing = Resizing.STRETCH;
  private Normalization normalization = Normalization.NONE;
  private double labelSmoothing;
  private OptionalDouble emaDecay = OptionalDouble.empty();
  private OptionalInt patience = OptionalInt.empty();

  RecipeBuilder(String name) {
    this.name = name;
  }

  /**
   * Sets how weights are initialized.
   *
   * @param newInitializer the initializer
   * @return this builder
   */
  public RecipeBuilder initializer(Initializer newInitializer) {
    initializer = newInitializer;
    return this;
  }

  /**
   * Sets changes to the initial weights that depend on training images.
   *
   * @param newInitializers the changes, in the order in which they are applied; none by default
   * @return this builder
   */
  public RecipeBuilder dataInitializers(List<DataInitializer> newInitializers) {
    dataInitializers = List.copyOf(newInitializers);
    return this;
  }

  /**
   * Sets the optimizer.
   *
   * @param newOptimizer the optimizer and its constants
   * @return this builder
   */
  public RecipeBuilder optimizer(OptimizerConfig newOptimizer) {
    optimizer = newOptimizer;
    return this;
  }

  /**
   * Sets factors of the learning rate and the weight decay for some parameters.
   *
   * @param newGroups the groups of parameters; none by default
   * @return this builder
   */
  public RecipeBuilder parameterGroups(List<ParameterGroup> newGroups) {
    parameterGroups = List.copyOf(newGroups);
    return this;
  }

  /**
   * Sets the weight decay of the current optimizer.
   *
   * @param newDecay the weight decay, at least 0
   * @return this builder
   * @throws IllegalArgumentException when the weight decay is out of its range
   */
  public RecipeBuilder weightDecay(double newDecay) {
    optimizer = optimizer.withWeightDecay((float) newDecay);
    return this;
  }

  /**
   * Sets the schedule of the learning rate.
   *
   * @param newSchedule the learning rate of each step
   * @return this builder
   */
  public RecipeBuilder schedule(Schedule newSchedule) {
    schedule = newSchedule;
    return this;
  }

  /**
   * Sets the highest learning rate of the current schedule.
   *
   * @param newRate the learning rate, above 0
   * @return this builder
   * @throws IllegalArgumentException when the rate is not above 0
   */
  public RecipeBuilder learningRate(double newRate) {
    schedule = schedule.withLearningRate(newRate);
    return this;
  }

  /**
   * Sets the number of passes over the training images.
   *
   * @param newEpochs number of epochs, at least 1
   * @return this builder
   */
  public RecipeBuilder epochs(int newEpochs) {
    epochs = newEpochs;
    return this;
  }

  /**
   * Sets the number of images in a step. When there are more shards than that, their number is
   * reduced to the batch size.
   *
   * @param newBatchSize number of images, at least 1
   * @return this builder
   */
  public RecipeBuilder batchSize(int newBatchSize) {
    batchSize = newBatchSize;
    shards = Math.max(1, Math.min(shards, newBatchSize));
    return this;
  }

  /**
   * Sets the number of parts into which a batch is split.
   *
   * @param newShards number of shards, 1 to the batch size
   * @return this builder
   */
  public RecipeBuilder shards(int newShards) {
    shards = newShards;
    return this;
  }

  /**
   * Sets whether the last batch of an epoch is left out if it is smaller than the others.
   *
   * @param newDropLast whether to leave it out; by default it is used
   * @return this builder
   */
  public RecipeBuilder dropLast(boolean newDropLast) {
    dropLast = newDropLast;
    return this;
  }

  /**
   * Sets what is done about classes that have different numbers of images.
   *
   * @param newBalance the balance; {@link ClassBalance#NONE} by default
   * @return this builder
   */
  public RecipeBuilder balance(ClassBalance newBalance) {
    balance = newBalance;
    return this;
  }

  /**
   * Sets the norm to which longer gradients are scaled down.
   *
   * @param newClipNorm largest Euclidean norm of all gradients together, above 0; infinity for no
   *     clipping
   * @return this builder
   */
  public RecipeBuilder clipNorm(double newClipNorm) {
    clipNorm = newClipNorm;
    return this;
  }

  /**
   * Sets the random changes to each training image.
   *
   * @param newAugmentations the augmentations, in the order in which they are applied
   * @return this builder
   */
  public RecipeBuilder augmentations(List<Augmentation> newAugmentations) {
    augmentations = List.copyOf(newAugmentations);
    return this;
  }

  /**
   * Sets the random changes to each training image.
   *
   * @param newAugmentations the augmentations, in the order in which they are applied; none by
   *     default
   * @return this builder
   */
  public RecipeBuilder augmentations(Augmentation... newAugmentations) {
    return augmentations(List.of(newAugmentations));
  }

  /**
   * Sets how another image is mixed into each training image.
   *
   * @param newMixing the mixing; by default images are not mixed
   * @return this builder
   */
  public RecipeBuilder mixing(Mixing newMixing) {
    return mixing(Optional.of(newMixing));
  }

  RecipeBuilder mixing(Optional<Mixing> newMixing) {
    mixing = newMixing;
    return this;
  }

  /**
   * Sets how an image of another size is brought to the size of the network's input.
   *
   * @param newResizing the way of resizing; {@link Resizing#STRETCH} by default
   * @return this builder
   */
  public RecipeBuilder resizing(Resizing newResizing) {
    resizing = newResizing;
    return this;
  }

  /**
   * Sets how pixels are normalized.
   *
   * @param newNormalization the normalization; {@link Normalization#NONE} by default
   * @return this builder
   */
  public RecipeBuilder normalization(Normalization newNormalization) {
    normalization = newNormalization;
    return this;
  }

  /**
   * Sets the label smoothing.
   *
   * @param newLabelSmoothing the label smoothing, at least 0 (none) and below 1
   * @return this builder
   */
  public RecipeBuilder labelSmoothing(double newLabelSmoothing) {
    labelSmoothing = newLabelSmoothing;
    return this;
  }

  /**
   * Evaluates and saves an exponential moving average of the weights and running statistics.
   *
   * @param newDecay the decay of the average in each step, above 0 and below 1; by default the
   *     weights themselves are evaluated and saved
   * @return this builder
   */
  public RecipeBuilder emaDecay(double newDecay) {
    return emaDecay(OptionalDouble.of(newDecay));
  }

  RecipeBuilder emaDecay(OptionalDouble newDecay) {
    emaDecay = newDecay;
    return this;
  }

  /**
   * Stops training early when the validation score no longer improves. The data set must have
   * validation images.
   *
   * @param newPatience number of epochs without a better validation score after which training
   *     stops, at least 1; by default training does not stop early
   * @return this builder
   */
  public RecipeBuilder patience(int newPatience) {
    return patience(OptionalInt.of(newPatience));
  }

  RecipeBuilder patience(OptionalInt newPatience) {
    patience = newPatience;
    return this;
  }

  /**
   * Builds the recipe.
   *
   * @return the recipe
   * @throws IllegalArgumentException when a value is out of its range
   */
  public Recipe build() {
    return new Recipe(
        name,
        initializer,
        dataInitializers,
        optimizer,
        parameterGroups,
        schedule,
        epochs,
        batchSize,
        shards,
        dropLast,
        balance,
        clipNorm,
        augmentations,
        mixing,
        resizing,
        normalization,
        labelSmoothing,
        emaDecay,
        patience);
  }
}
