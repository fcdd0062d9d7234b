package org.nin4j.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.nin4j.data.AlternatingFlip;
import org.nin4j.data.Augmentation;
import org.nin4j.data.Mixing;
import org.nin4j.data.RandomCrop;
import org.nin4j.data.RandomHorizontalFlip;
import org.nin4j.engine.Weights;
import org.nin4j.internal.Suggestion;
import org.nin4j.nn.Network;
import org.nin4j.nn.Networks;
import org.nin4j.nn.Shape;
import org.nin4j.train.schedule.OneCycle;
import org.nin4j.train.schedule.Schedule;
import org.nin4j.train.schedule.Step;
import org.nin4j.train.schedule.WarmUp;

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
 * @param dataInitializers changes to the initial weights that depend on training images, in the
 *     order in which they are applied
 * @param optimizer the optimizer and its constants
 * @param parameterGroups factors of the learning rate and the weight decay for some parameters
 * @param schedule the learning rate of each step
 * @param epochs number of passes over the training images, at least 1
 * @param batchSize number of images in a step, at least 1
 * @param shards number of parts into which a batch is split, 1 to the batch size. As many threads
 *     can share a step, and BatchNorm2d normalizes over a shard. The result depends on the number
 *     of shards, but not on the number of threads
 * @param dropLast whether the last batch of an epoch is left out if it is smaller than the others
 * @param balance what is done about classes that have different numbers of images
 * @param clipNorm largest Euclidean norm of all gradients together, above 0; longer gradients are
 *     scaled down to it. Infinity means no clipping
 * @param augmentations random changes to each training image, in the order in which they are
 *     applied
 * @param mixing how another image is mixed into each training image, if at all
 * @param resizing how an image of another size is brought to the size of the network's input
 * @param normalization how pixels are normalized
 * @param labelSmoothing the label smoothing, at least 0 (none) and below 1 (Szegedy and others,
 *     2015)
 * @param emaDecay the decay of the exponential moving average of the weights and running
 *     statistics, above 0 and below 1, which is evaluated and saved; empty to evaluate and save the
 *     weights themselves
 * @param patience number of epochs without a better validation score after which training stops
 *     early, at least 1; empty to train for all epochs
 */
public record Recipe(
    String name,
    Initializer initializer,
    List<DataInitializer> dataInitializers,
    OptimizerConfig optimizer,
    List<ParameterGroup> parameterGroups,
    Schedule schedule,
    int epochs,
    int batchSize,
    int shards,
    boolean dropLast,
    ClassBalance balance,
    double clipNorm,
    List<Augmentation> augmentations,
    Optional<Mixing> mixing,
    Resizing resizing,
    Normalization normalization,
    double labelSmoothing,
    OptionalDouble emaDecay,
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
          .schedule(new WarmUp(0.1, 150, Schedule.cosine(1.4e-3)))
          .epochs(11)
          .clipNorm(1)
          .augmentations(new RandomHorizontalFlip())
          .normalization(Normalization.MEAN_STD)
          .labelSmoothing(0.1)
          .build();

  /**
   * The settings of the authors of Network in Network (Lin, Chen and Yan, 2013) for CIFAR-10, as in
   * their Caffe model: plain SGD with momentum for 200 epochs, then twice 30 epochs at a tenth of
   * the learning rate each. Biases have twice the learning rate and no weight decay, and the last
   * 1x1 convolution has a tenth of the learning rate.
   */
  public static final Recipe PAPER =
      builder("paper")
          .initializer(Initializer.NORMAL)
          .optimizer(new OptimizerConfig.Sgd(0.9f, false, 1e-4f))
          .parameterGroups(
              List.of(
                  new ParameterGroup("bias", 2, 0),
                  new ParameterGroup(ParameterGroup.LAST_LAYER, 0.1, 1)))
          .schedule(new Step(0.1, 0.1, List.of(200 / 260.0, 230 / 260.0)))
          .epochs(260)
          .normalization(Normalization.GLOBAL_CONTRAST)
          .build();

  /**
   * A recipe for networks with BatchNorm2d on small colour images, with what has proved to work
   * since, most of it in the fast CIFAR-10 trainers of David Page (2019) and Keller Jordan (2024):
   * a first convolution that whitens the images and is not trained, other convolutions that start
   * from the identity, Nesterov's momentum, a learning rate that rises and falls linearly, no
   * weight decay for biases and BatchNorm2d, alternating flips and shifts, label smoothing and a
   * moving average of the weights.
   */
  public static final Recipe MODERN =
      builder("modern")
          .initializer(Initializer.DIRAC)
          .dataInitializers(List.of(new Whitening(1000, 5e-4)))
          .optimizer(new OptimizerConfig.Sgd(0.9f, true, 5e-4f))
          .parameterGroups(modernGroups())
          .schedule(new OneCycle(0.2, 0.2, 0.23, 0))
          .epochs(16)
          .batchSize(256)
          .augmentations(new AlternatingFlip(), new RandomCrop(2, RandomCrop.PaddingMode.REFLECT))
          .normalization(Normalization.MEAN_STD)
          .labelSmoothing(0.1)
          .emaDecay(0.999)
          .build();

  /** Height and width of the images for which {@link #DEFAULT} was made. */
  private static final int SMALLER_SIZE = 96;

  private static final List<Recipe> ALL = List.of(DEFAULT, D2L, PAPER, MODERN);

  /**
   * Creates a recipe.
   *
   * @param name the recipe's name: {@code default}, {@code d2l}, or any other
   * @param initializer how weights are initialized
   * @param dataInitializers changes to the initial weights that depend on training images, in the
   *     order in which they are applied
   * @param optimizer the optimizer and its constants
   * @param parameterGroups factors of the learning rate and the weight decay for some parameters
   * @param schedule the learning rate of each step
   * @param epochs number of passes over the training images, at least 1
   * @param batchSize number of images in a step, at least 1
   * @param shards number of parts into which a batch is split, 1 to the batch size. As many threads
   *     can share a step, and BatchNorm2d normalizes over a shard. The result depends on the number
   *     of shards, but not on the number of threads
   * @param dropLast whether the last batch of an epoch is left out if it is smaller than the others
   * @param balance what is done about classes that have different numbers of images
   * @param clipNorm largest Euclidean norm of all gradients together, above 0; longer gradients are
   *     scaled down to it. Infinity means no clipping
   * @param augmentations random changes to each training image, in the order in which they are
   *     applied
   * @param mixing how another image is mixed into each training image, if at all
   * @param resizing how an image of another size is brought to the size of the network's input
   * @param normalization how pixels are normalized
   * @param labelSmoothing the label smoothing, at least 0 (none) and below 1 (Szegedy and others,
   *     2015)
   * @param emaDecay the decay of the exponential moving average of the weights and running
   *     statistics, above 0 and below 1, which is evaluated and saved; empty to evaluate and save
   *     the weights themselves
   * @param patience number of epochs without a better validation score after which training stops
   *     early, at least 1; empty to train for all epochs
   * @throws IllegalArgumentException when a value is out of its range
   */
  public Recipe {
    dataInitializers = List.copyOf(dataInitializers);
    parameterGroups = List.copyOf(parameterGroups);
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
    if (emaDecay.isPresent() && !(emaDecay.getAsDouble() > 0 && emaDecay.getAsDouble() < 1)) {
      throw new IllegalArgumentException(
          "the decay of the moving average must be above 0 and below 1, but is "
              + emaDecay.getAsDouble());
    }
    if (patience.isPresent() && patience.getAsInt() < 1) {
      throw new IllegalArgumentException(
          "the patience must be at least 1 epoch, but is " + patience.getAsInt());
    }
  }

  private static List<ParameterGroup> modernGroups() {
    List<ParameterGroup> groups = new ArrayList<>(ParameterGroup.DECAY_OF_WEIGHTS_ONLY);
    groups.add(new ParameterGroup(ParameterGroup.FIRST_LAYER, 0, 0));
    return groups;
  }

  /**
   * Returns the names of the recipes that are built in, for {@link #named}.
   *
   * @return {@code default}, {@code d2l}, {@code paper} and {@code modern}
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
   * Returns the images on which a preset is trained unless another size is asked for.
   *
   * @param preset the network
   * @return (1, C, H, W): the preset's own input, but for {@link Networks#NIN} 96x96 pixels, unless
   *     this is the recipe of the book that it comes from
   */
  public Shape inputOf(Networks preset) {
    Shape own = preset.defaultInput();
    return preset == Networks.NIN && !name.equals(D2L.name)
        ? Shape.of(1, own.channels(), SMALLER_SIZE, SMALLER_SIZE)
        : own;
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
   * Creates the optimizer for a network, with its moments and its moving average at the start of a
   * training.
   *
   * @param network the network to be trained
   * @param frozen paths of the layers and blocks that keep their weights
   * @return a new optimizer
   * @throws IllegalArgumentException when a parameter group names a layer that the network does not
   *     have
   */
  public Optimizer createOptimizer(Network network, Set<String> frozen) {
    List<ParameterGroup> groups = new ArrayList<>(parameterGroups);
    frozen.forEach(path -> groups.add(new ParameterGroup(path, 0, 0)));
    Optimizer created = optimizer.create(network.parameters(), groups);
    return emaDecay.isPresent()
        ? new MovingAverage(created, emaDecay.getAsDouble(), Weights.zeros(network))
        : created;
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
            .dataInitializers(dataInitializers)
            .optimizer(optimizer)
            .parameterGroups(parameterGroups)
            .schedule(schedule)
            .epochs(epochs)
            .batchSize(batchSize)
            .shards(shards)
            .dropLast(dropLast)
            .balance(balance)
            .clipNorm(clipNorm)
            .augmentations(augmentations)
            .mixing(mixing)
            .resizing(resizing)
            .normalization(normalization)
            .labelSmoothing(labelSmoothing)
            .emaDecay(emaDecay)
            .patience(patience);
    return changes.apply(builder).build();
  }
}
