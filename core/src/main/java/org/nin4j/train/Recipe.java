package org.nin4j.train;

import java.util.List;
import java.util.function.UnaryOperator;
import org.nin4j.data.Augmentation;
import org.nin4j.data.RandomHorizontalFlip;
import org.nin4j.internal.Suggestion;

/**
 * Everything that decides how a training goes, except the network, the images, the seed and the
 * precision. {@link #builder} makes one from scratch, {@link #with} one that differs from another:
 *
 * <pre>{@code
 * Recipe recipe = Recipe.DEFAULT.with(r -> r.epochs(20).batchSize(64));
 * }</pre>
 *
 * @param name {@code default}, {@code d2l}, or one of the user's own
 * @param initializer how weights begin
 * @param optimizer how weights are moved
 * @param schedule the learning rate of each step
 * @param epochs how many times all images are seen, at least 1
 * @param batchSize images of a step, at least 1
 * @param shards number of parts that a batch is cut into, 1 to the batch size: as many threads can
 *     share a step, and BatchNorm2d normalises over a part. Another number of shards leads to other
 *     bits; another number of threads does not
 * @param clipNorm largest Euclidean norm of all gradients together, above 0; infinite for no
 *     clipping
 * @param augmentations random changes to each training image, in the order in which they are
 *     applied
 * @param normalize whether pixels are shifted and scaled by the training images' mean and standard
 *     deviation, or only scaled to [0, 1]
 * @param labelSmoothing from 0 to below 1 (Szegedy and others, 2015)
 */
public record Recipe(
    String name,
    Initializer initializer,
    OptimizerConfig optimizer,
    Schedule schedule,
    int epochs,
    int batchSize,
    int shards,
    double clipNorm,
    List<Augmentation> augmentations,
    boolean normalize,
    double labelSmoothing) {

  /**
   * The recipe of <i>Dive into Deep Learning</i>, section 7.3, meant for images of 224x224 pixels.
   * It may meet the dead start.
   */
  public static final Recipe D2L =
      builder("d2l")
          .initializer(Initializer.XAVIER_UNIFORM)
          .optimizer(new OptimizerConfig.Sgd(0, false, 0))
          .schedule(Schedule.constant(0.1))
          .epochs(10)
          .build();

  /**
   * The default: a start at which every class is alive, and a quick and reliable course from there,
   * meant for images of 96x96 pixels.
   */
  public static final Recipe DEFAULT =
      builder("default")
          .initializer(Initializer.IDENTITY_HEAD)
          .optimizer(new OptimizerConfig.AdamW(0.9f, 0.99f, 1e-8f, 0.01f))
          .schedule(Schedule.cosine(1.4e-3).withWarmUp(0.1))
          .epochs(11)
          .clipNorm(1)
          .augmentations(new RandomHorizontalFlip())
          .normalize(true)
          .labelSmoothing(0.1)
          .build();

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
    if (!(clipNorm > 0)) {
      throw new IllegalArgumentException(
          "the norm to clip gradients at must be above 0, but is " + clipNorm);
    }
    if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
      throw new IllegalArgumentException(
          "label smoothing must be at least 0 and below 1, but is " + labelSmoothing);
    }
  }

  /** Returns the names that {@link #named} knows. */
  public static List<String> names() {
    return ALL.stream().map(Recipe::name).toList();
  }

  /**
   * Returns the recipe of that name.
   *
   * @throws IllegalArgumentException when there is none; the message suggests the nearest name
   */
  public static Recipe named(String name) {
    return ALL.stream()
        .filter(recipe -> recipe.name.equals(name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException(Suggestion.unknown("recipe", name, names())));
  }

  /** Begins a recipe of that name, with {@link RecipeBuilder}'s defaults. */
  public static RecipeBuilder builder(String name) {
    return new RecipeBuilder(name);
  }

  /**
   * Returns this recipe with some changes. A schedule stretches with the number of epochs.
   *
   * @param changes sets what is to differ
   * @throws IllegalArgumentException when the changed recipe is not a sound one
   */
  public Recipe with(UnaryOperator<RecipeBuilder> changes) {
    RecipeBuilder builder =
        builder(name)
            .initializer(initializer)
            .optimizer(optimizer)
            .schedule(schedule)
            .epochs(epochs)
            .batchSize(batchSize)
            .shards(shards)
            .clipNorm(clipNorm)
            .augmentations(augmentations)
            .normalize(normalize)
            .labelSmoothing(labelSmoothing);
    return changes.apply(builder).build();
  }
}
