package org.nin4j.train;

import java.util.List;
import org.nin4j.data.Augmentation;
import org.nin4j.data.RandomHorizontalFlip;
import org.nin4j.nn.Suggestion;

/**
 * Everything that decides how a training goes, but for the network, the images, the seed and the
 * precision.
 *
 * @param name {@code default}, {@code d2l}, or one of the user's own
 * @param batchSize images of a step
 * @param shards into how many parts a batch is cut, 1 to the batch size: so many threads can share
 *     a step, and BatchNorm2d normalises over a part. Other shards lead to other bits, other
 *     threads do not
 * @param imageSize height and width of the network's input, in pixels
 * @param clipNorm largest norm of all gradients together; infinite for no clipping
 * @param augmentations random changes to each training image, in the order in which they are
 *     applied
 * @param normalize whether pixels are shifted and scaled by the training images' mean and standard
 *     deviation, or only to [0, 1]
 * @param labelSmoothing from 0 to below 1
 */
public record Recipe(
    String name,
    Initializer initializer,
    OptimizerConfig optimizer,
    Schedule schedule,
    int epochs,
    int batchSize,
    int shards,
    int imageSize,
    double clipNorm,
    List<Augmentation> augmentations,
    boolean normalize,
    double labelSmoothing) {

  /** The recipe of <i>Dive into Deep Learning</i> 7.3: it may meet the dead start. */
  public static final Recipe D2L =
      new Recipe(
          "d2l",
          Initializer.XAVIER_UNIFORM,
          new OptimizerConfig.Sgd(0, false, 0),
          Schedule.constant(0.1),
          10,
          128,
          8,
          224,
          Double.POSITIVE_INFINITY,
          List.of(),
          false,
          0);

  /** A start that does not die, and a quick and sure way from there. */
  public static final Recipe DEFAULT =
      new Recipe(
          "default",
          Initializer.IDENTITY_HEAD,
          new OptimizerConfig.AdamW(0.9f, 0.99f, 1e-8f, 0.01f),
          new Schedule(1.4e-3, 0.1, true),
          11,
          128,
          8,
          96,
          1,
          List.of(new RandomHorizontalFlip()),
          true,
          0.1);

  private static final List<Recipe> ALL = List.of(DEFAULT, D2L);

  public Recipe {
    augmentations = List.copyOf(augmentations);
    if (epochs < 1) {
      throw new IllegalArgumentException("a training needs at least 1 epoch, but got " + epochs);
    }
    if (batchSize < 1) {
      throw new IllegalArgumentException("the batch size must be at least 1, but is " + batchSize);
    }
    if (shards < 1 || shards > batchSize) {
      throw new IllegalArgumentException(
          "a batch of " + batchSize + " has 1 to " + batchSize + " shards, not " + shards);
    }
    if (imageSize < 1) {
      throw new IllegalArgumentException("the image size must be at least 1, but is " + imageSize);
    }
    if (!(clipNorm > 0)) {
      throw new IllegalArgumentException(
          "the norm to clip gradients at must be above 0, but is " + clipNorm);
    }
    if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
      throw new IllegalArgumentException(
          "label smoothing must be at least 0 and below 1, but is " + labelSmoothing);
    }
  }

  /** All names that {@link #named} knows. */
  public static List<String> names() {
    return ALL.stream().map(Recipe::name).toList();
  }

  /**
   * The recipe of that name.
   *
   * @throws IllegalArgumentException when there is none, with the nearest name
   */
  public static Recipe named(String name) {
    return ALL.stream()
        .filter(recipe -> recipe.name.equals(name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException(Suggestion.unknown("recipe", name, names())));
  }

  /** This recipe for so many epochs; a schedule stretches with them. */
  public Recipe withEpochs(int newEpochs) {
    return with(schedule, newEpochs, batchSize, shards, imageSize);
  }

  /** This recipe with another batch size; it has no more shards than images. */
  public Recipe withBatchSize(int newBatchSize) {
    int newShards = Math.max(1, Math.min(shards, newBatchSize));
    return with(schedule, epochs, newBatchSize, newShards, imageSize);
  }

  /** This recipe with batches cut into so many shards. */
  public Recipe withShards(int newShards) {
    return with(schedule, epochs, batchSize, newShards, imageSize);
  }

  public Recipe withImageSize(int newImageSize) {
    return with(schedule, epochs, batchSize, shards, newImageSize);
  }

  /** This recipe with another highest learning rate. */
  public Recipe withLearningRate(double newRate) {
    Schedule changed = new Schedule(newRate, schedule.warmUp(), schedule.cosine());
    return with(changed, epochs, batchSize, shards, imageSize);
  }

  private Recipe with(
      Schedule newSchedule, int newEpochs, int newBatchSize, int newShards, int newImageSize) {
    return new Recipe(
        name,
        initializer,
        optimizer,
        newSchedule,
        newEpochs,
        newBatchSize,
        newShards,
        newImageSize,
        clipNorm,
        augmentations,
        normalize,
        labelSmoothing);
  }
}
