package org.nin4j.train;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.nin4j.data.Augmentation;
import org.nin4j.data.Mixing;
import org.nin4j.data.RandomHorizontalFlip;
import org.nin4j.internal.Suggestion;

/**
 * The hyperparameters of a training: everything that decides its result except the network, the
 * images, the seed, the precision and the engine. {@link #builder} creates a recipe from defaults,
 * {@link #with} creates a variant of another recipe:
 *
 * <pre>{@code
 * Recipe recipe = Recipe.DEFAULT.with(r -> r.epochs(20).batchSize(64));
 * }</pre>
 *
 * @param name the recipe's name: {@code default}, {@code d2l}, or any other
 * @param initializer how weights are initialized
 * @param optimizer the optimizer and its constants
 * @param schedule the learning rate of each step
 * @param epochs number of passes over the training images, at least 1
 * @param batchSize number of images in a step, at least 1
 * @param shards number of parts into which a batch is split, 1 to the batch size. As many threads
 *     can share a step, and BatchNorm2d normalizes over a shard. The result depends on the number
 *     of shards, but not on the number of threads
 * @param clipNorm largest Euclidean norm of all gradients together, above 0; longer gradients are
 *     scaled down to it. Infinity means no clipping
 * @param augmentations random changes to each training image, in the order in which they are
 *     applied
 * @param mixing how another image is mixed into each training image, if at all
 * @param normalize whether pixels are normalized by the training images' mean and standard
 *     deviation, or only scaled to [0, 1]
 * @param labelSmoothing the label smoothing, at least 0 (none) and below 1 (Szegedy and others,
 *     2015)
 * @param patience number of epochs without a better validation score after which training stops
 *     early, at least 1; empty to train for all epochs
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
    Optional<Mixing> mixing,
    boolean normalize,
    double labelSmoothing,
    OptionalInt patience) {

  /**
   * The recipe of <i>Dive into Deep Learning</i>, section 7.3 (d2l.ai), for images of 224x224
   * pixels. With some seeds it ends in a dead start: the last ReLU outputs 0 for every image, and
   * the network never learns.
   */
  public static final Recipe D2L =
      builder("d2l")
          .initializer(Initializer.XAVIER_UNIFORM)
          .optimizer(new OptimizerConfig.Sgd(0, false, 0))
          .schedule(Schedule.constant(0.1))
          .epochs(10)
          .build();

  /**
   * The default recipe, for images of 96x96 pixels. Its initializer avoids the dead start of {@link
   * #D2L}, and it learns fast and reliably.
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

  /**
   * Creates a recipe.
   *
   * @param name the recipe's name: {@code default}, {@code d2l}, or any other
   * @param initializer how weights are initialized
   * @param optimizer the optimizer and its constants
   * @param schedule the learning rate of each step
   * @param epochs number of passes over the training images, at least 1
   * @param batchSize number of images in a step, at least 1
   * @param shards number of parts into which a batch is split, 1 to the batch size. As many threads
   *     can share a step, and BatchNorm2d normalizes over a shard. The result depends on the number
   *     of shards, but not on the number of threads
   * @param clipNorm largest Euclidean norm of all gradients together, above 0; longer gradients are
   *     scaled down to it. Infinity means no clipping
   * @param augmentations random changes to each training image, in the order in which they are
   *     applied
   * @param mixing how another image is mixed into each training image, if at all
   * @param normalize whether pixels are normalized by the training images' mean and standard
   *     deviation, or only scaled to [0, 1]
   * @param labelSmoothing the label smoothing, at least 0 (none) and below 1 (Szegedy and others,
   *     2015)
   * @param patience number of epochs without a better validation score after which training stops
   *     early, at least 1; empty to train for all epochs
   * @throws IllegalArgumentException when a value is out of its range
   */
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
          "the gradient norm to clip at must be above 0, but is " + clipNorm);
    }
    if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
      throw new IllegalArgumentException(
          "label smoothing must be at least 0 and below 1, but is " + labelSmoothing);
    }
    if (patience.isPresent() && patience.getAsInt() < 1) {
      throw new IllegalArgumentException(
          "the patience must be at least 1 epoch, but is " + patience.getAsInt());
    }
  }

  /**
   * Returns the names of the recipes that are built in, for {@link #named}.
   *
   * @return {@code default} and {@code d2l}
   */
  public static List<String> names() {
    return ALL.stream().map(Recipe::name).toList();
  }

  /**
   * Returns a recipe that is built in.
   *
   * @param name one of {@link #names()}
   * @return the recipe
   * @throws IllegalArgumentException when there is no recipe of that name; the message suggests the
   *     most similar one
   */
  public static Recipe named(String name) {
    return ALL.stream()
        .filter(recipe -> recipe.name.equals(name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException(Suggestion.unknown("recipe", name, names())));
  }

  /**
   * Returns a builder for a recipe.
   *
   * @param name the recipe's name
   * @return a builder with the defaults that {@link RecipeBuilder} describes
   */
  public static RecipeBuilder builder(String name) {
    return new RecipeBuilder(name);
  }

  /**
   * Returns this recipe with some changes. A schedule spans the new number of epochs.
   *
   * @param changes sets the values that differ, on a builder that holds this recipe's values
   * @return the changed recipe, with the same name
   * @throws IllegalArgumentException when a changed value is out of its range
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
            .mixing(mixing)
            .normalize(normalize)
            .labelSmoothing(labelSmoothing)
            .patience(patience);
    return changes.apply(builder).build();
  }
}
