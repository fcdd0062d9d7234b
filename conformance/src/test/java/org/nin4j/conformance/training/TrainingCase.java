package org.nin4j.conformance.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.nin4j.FirstImages;
import org.nin4j.data.DataLoader;
import org.nin4j.data.DatasetScan;
import org.nin4j.data.DatasetSplits;
import org.nin4j.data.Datasets;
import org.nin4j.data.Preprocessing;
import org.nin4j.data.RandomCrop;
import org.nin4j.data.RandomHorizontalFlip;
import org.nin4j.engine.Engine;
import org.nin4j.engine.Precision;
import org.nin4j.nn.AdaptiveAvgPool2d;
import org.nin4j.nn.BatchNorm2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Dropout;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Layer;
import org.nin4j.nn.MaxPool2d;
import org.nin4j.nn.Network;
import org.nin4j.nn.NinBlock;
import org.nin4j.nn.ReLU;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;
import org.nin4j.nn.Size2d;
import org.nin4j.train.ClassBalance;
import org.nin4j.train.Initializer;
import org.nin4j.train.Normalization;
import org.nin4j.train.OptimizerConfig;
import org.nin4j.train.ParameterGroup;
import org.nin4j.train.Progress;
import org.nin4j.train.Recipe;
import org.nin4j.train.RecipeBuilder;
import org.nin4j.train.Trainer;
import org.nin4j.train.TrainingEvent;
import org.nin4j.train.TrainingListener;
import org.nin4j.train.TrainingResult;
import org.nin4j.train.schedule.OneCycle;
import org.nin4j.train.schedule.Schedule;
import org.nin4j.train.schedule.WarmUp;

/**
 * A way to train: fifty steps of a small NiN with a BatchNorm2d on images of the embedded sample,
 * made 12x12. An epoch has nine batches of eight images and one of six.
 */
record TrainingCase(String name, Network network, Recipe recipe, List<String> frozen) {
  /** The path of the last layer with parameters. */
  static final String HEAD = "3.4";

  static final long SEED = 3;
  static final int STEPS = 50;
  private static final int IMAGES = 78;
  private static final int BATCH = 8;
  private static final int SIDE = 12;
  private static final int CLASSES = 10;
  private static final int BATCHES = (IMAGES - 1) / BATCH + 1;
  private static final DatasetSplits DATA = data();

  private static DatasetSplits data() {
    DatasetSplits sample = Datasets.sample();
    return new DatasetSplits(
        new FirstImages(sample.train(), IMAGES), new FirstImages(sample.testOrValidation(), BATCH));
  }

  /** Every optimizer setting, schedule and option of a recipe. */
  static List<TrainingCase> all() {
    return List.of(
        sgd("SGD", 0, false, 0),
        sgd("SGD, weight decay 0.01", 0, false, 0.01f),
        sgd("momentum 0.9", 0.9f, false, 0),
        sgd("Nesterov 0.9", 0.9f, true, 0),
        sgd("momentum 0.9, weight decay 0.01", 0.9f, false, 0.01f),
        sgd("Nesterov 0.9, weight decay 0.01", 0.9f, true, 0.01f),
        adamW("AdamW, PyTorch's constants", 0.999f, 0.01f),
        adamW("AdamW, the default recipe's constants", 0.99f, 0.01f),
        adamW("AdamW, weight decay 0.3", 0.999f, 0.3f),
        of(
            "AdamW, betas 0.5 and 0.9, eps 0.001",
            new OptimizerConfig.AdamW(0.5f, 0.9f, 1e-3f, 0),
            Schedule.constant(0.002)),
        sgd("SGD, warm-up", 0, false, 0).with(Schedule.constant(0.1).withWarmUp(0.5)),
        adamW("AdamW, cosine", 0.99f, 0.01f).with(Schedule.cosine(0.002)),
        sgd("momentum 0.9, warm-up and cosine", 0.9f, false, 0)
            .with(Schedule.cosine(0.02).withWarmUp(0.5)),
        sgd("SGD, gradients clipped", 0, false, 0).clipping(0.5),
        adamW("AdamW, gradients clipped", 0.999f, 0.01f).clipping(0.5),
        sgd("SGD, label smoothing 0.1", 0, false, 0).smoothing(0.1),
        sgd("momentum 0.9, Dropout", 0.9f, false, 0).dropping(),
        adamW("AdamW, Dropout", 0.999f, 0.01f).dropping(),
        adamW("as the default recipe, Dropout", 0.99f, 0.01f)
            .with(new WarmUp(0.1, 150, Schedule.cosine(0.001)))
            .clipping(1)
            .smoothing(0.1)
            .dropping(),
        adamW("AdamW, Dropout, gradients clipped, 4 shards", 0.99f, 0.01f)
            .clipping(0.5)
            .inShards(4),
        sgd("momentum 0.9, weight decay 0.01, parameter groups", 0.9f, false, 0.01f).grouping(),
        adamW("AdamW, weight decay 0.3, parameter groups", 0.999f, 0.3f).grouping(),
        sgd("momentum 0.9, classes weighted, label smoothing 0.1", 0.9f, false, 0)
            .smoothing(0.1)
            .weighting(),
        sgd("momentum 0.9, one cycle, frozen layers, gradients clipped", 0.9f, false, 0.01f)
            .with(new OneCycle(0.02, 0.1, 0.3, 0))
            .clipping(0.5)
            .freezing("0.2", "2.1"));
  }

  static TrainingCase sgd(String name, float momentum, boolean nesterov, float decay) {
    return of(
        name,
        new OptimizerConfig.Sgd(momentum, nesterov, decay),
        Schedule.constant(momentum == 0 ? 0.1 : 0.02));
  }

  static TrainingCase adamW(String name, float beta2, float decay) {
    return of(name, new OptimizerConfig.AdamW(0.9f, beta2, 1e-8f, decay), Schedule.constant(0.002));
  }

  static TrainingCase of(String name, OptimizerConfig optimizer, Schedule schedule) {
    return new TrainingCase(
        name,
        network(false, true),
        Recipe.builder(name)
            .initializer(Initializer.IDENTITY_HEAD)
            .optimizer(optimizer)
            .schedule(schedule)
            .epochs(STEPS / BATCHES)
            .batchSize(BATCH)
            .shards(1)
            .augmentations(new RandomHorizontalFlip(), new RandomCrop(2))
            .normalization(Normalization.MEAN_STD)
            .build(),
        List.of());
  }

  /** With another schedule. */
  TrainingCase with(Schedule schedule) {
    return with(r -> r.schedule(schedule));
  }

  /** With gradients clipped. */
  TrainingCase clipping(double norm) {
    return with(r -> r.clipNorm(norm));
  }

  /** With label smoothing. */
  TrainingCase smoothing(double smoothing) {
    return with(r -> r.labelSmoothing(smoothing));
  }

  private TrainingCase with(UnaryOperator<RecipeBuilder> changes) {
    return new TrainingCase(name, network, recipe.with(changes), frozen);
  }

  /** With the authors' factors for biases and for the last layer. */
  TrainingCase grouping() {
    return with(
        r ->
            r.parameterGroups(
                List.of(
                    new ParameterGroup("bias", 2, 0),
                    new ParameterGroup(ParameterGroup.LAST_LAYER, 0.1, 1))));
  }

  /** With the loss of each image weighted by its class. */
  TrainingCase weighting() {
    return with(r -> r.balance(ClassBalance.LOSS));
  }

  /** With some layers that keep their weights. */
  TrainingCase freezing(String... layers) {
    return new TrainingCase(name, network, recipe, List.of(layers));
  }

  boolean isFrozen(String layer) {
    return frozen.contains(layer);
  }

  /** As scikit-learn's class_weight="balanced"; null if all classes count the same. */
  double[] classWeights() {
    if (recipe.balance() != ClassBalance.LOSS) {
      return null;
    }
    double[] weights = new double[CLASSES];
    for (int label = 0; label < CLASSES; label++) {
      int wanted = label;
      long images = IntStream.range(0, IMAGES).filter(i -> DATA.train().label(i) == wanted).count();
      weights[label] = (double) IMAGES / (CLASSES * images);
    }
    return weights;
  }

  /** With two Dropout layers. */
  TrainingCase dropping() {
    return new TrainingCase(name, network(true, true), recipe, frozen);
  }

  /**
   * In a number of shards, with two Dropout layers and without the BatchNorm2d, which would
   * normalise over a shard where PyTorch does over the batch.
   */
  TrainingCase inShards(int shards) {
    return new TrainingCase(name, network(true, false), recipe.with(r -> r.shards(shards)), frozen);
  }

  /**
   * The convolution before the BatchNorm2d has no bias: its gradient would be zero except for
   * rounding, which AdamW would scale up to whole steps.
   */
  private static Network network(boolean dropping, boolean normalising) {
    List<Layer> layers = new ArrayList<>();
    layers.add(NinBlock.of(1, 8, 3, 1, 1));
    layers.add(new MaxPool2d(3, 2));
    if (dropping) {
      layers.add(new Dropout(0.2f));
    }
    Layer first = new Conv2d(8, 12, Size2d.of(3), Size2d.of(1), Size2d.of(1), false);
    layers.add(
        normalising
            ? new Sequential(
                first, new BatchNorm2d(12), new ReLU(), new Conv2d(12, 12, 1), new ReLU())
            : new Sequential(first, new ReLU(), new Conv2d(12, 12, 1), new ReLU()));
    if (dropping) {
      layers.add(new Dropout(0.5f));
    }
    layers.add(NinBlock.of(12, CLASSES, 3, 1, 1));
    layers.add(new AdaptiveAvgPool2d(1));
    layers.add(new Flatten());
    return new Network("small", Shape.of(1, 1, SIDE, SIDE), new Sequential(layers));
  }

  /** The preprocessing that the trainer uses. */
  Preprocessing preprocessing() {
    return DatasetScan.of(DATA).normalizing(SIDE, SIDE);
  }

  /** Loads the batches that the trainer gets. */
  DataLoader loader() {
    return DataLoader.shuffled(
        DATA.train(), preprocessing(), recipe.batchSize(), recipe.augmentations(), SEED);
  }

  /** Trains with the trainer itself. */
  Trajectory train(Engine engine) {
    double[] losses = new double[STEPS];
    Trainer trainer =
        new Trainer(engine, network, DATA, recipe)
            .seed(SEED)
            .precision(Precision.FP32)
            .listen(new Batches(losses));
    try {
      TrainingResult result =
          (frozen.isEmpty() ? trainer : trainer.freeze(frozen.toArray(String[]::new))).train();
      return new Trajectory(losses, Trajectory.values(result.model().weights()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Derives the loss of each batch from the mean over the epoch so far. */
  private static final class Batches implements TrainingListener {
    private final double[] losses;
    private double sum;

    Batches(double[] losses) {
      this.losses = losses;
    }

    @Override
    public void on(TrainingEvent event) {
      if (event instanceof TrainingEvent.StepDone step) {
        add(step.progress());
      }
    }

    private void add(Progress progress) {
      int before = (progress.batch() - 1) * BATCH;
      int images = Math.min(BATCH, IMAGES - before);
      double newSum = progress.loss() * (before + images);
      losses[(progress.epoch() - 1) * progress.batches() + progress.batch() - 1] =
          (newSum - (before == 0 ? 0 : sum)) / images;
      sum = newSum;
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
