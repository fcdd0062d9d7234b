package org.nin4j.train;

import java.util.List;
import java.util.Random;
import org.nin4j.Engines;
import org.nin4j.data.DatasetSplits;
import org.nin4j.data.DecodedImage;
import org.nin4j.data.ImageDataset;
import org.nin4j.data.RandomCrop;
import org.nin4j.data.RandomHorizontalFlip;
import org.nin4j.nn.AdaptiveAvgPool2d;
import org.nin4j.nn.BatchNorm2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Dropout;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.MaxPool2d;
import org.nin4j.nn.Network;
import org.nin4j.nn.NinBlock;
import org.nin4j.nn.ReLU;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;
import org.nin4j.train.schedule.Schedule;

/**
 * A task that is learned in about a second: images of three kinds of stripes with noise, and a
 * small network that includes the layers with a state in training (Dropout, BatchNorm2d). An epoch
 * has six batches of eight images and one of two.
 */
public final class TinyTask {
  /** Number of batches in an epoch. */
  public static final int BATCHES = 7;

  /** Number of classes. */
  public static final int CLASSES = 3;

  private static final int SIDE = 8;

  private TinyTask() {}

  /** A recipe of six epochs. */
  public static Recipe recipe() {
    return Recipe.builder("tiny")
        .initializer(Initializer.IDENTITY_HEAD)
        .optimizer(new OptimizerConfig.AdamW(0.01f))
        .schedule(Schedule.cosine(0.02).withWarmUp(0.1))
        .epochs(6)
        .batchSize(8)
        .shards(2)
        .clipNorm(1)
        .augmentations(new RandomHorizontalFlip(), new RandomCrop(1))
        .normalization(Normalization.MEAN_STD)
        .build();
  }

  /** The recipe with another optimizer and schedule, and without augmentation and clipping. */
  public static Recipe with(Recipe recipe, OptimizerConfig optimizer, Schedule schedule) {
    return recipe.with(
        r ->
            r.optimizer(optimizer)
                .schedule(schedule)
                .clipNorm(Double.POSITIVE_INFINITY)
                .augmentations());
  }

  /** A convolution, BatchNorm2d, Dropout and a NinBlock. */
  public static Network network() {
    return new Network(
        "tiny",
        Shape.of(1, 1, SIDE, SIDE),
        new Sequential(
            new Conv2d(1, 6, 3, 1, 1),
            new BatchNorm2d(6),
            new ReLU(),
            new MaxPool2d(2, 2),
            new Dropout(0.2f),
            NinBlock.of(6, CLASSES, 3, 1, 1),
            new AdaptiveAvgPool2d(1),
            new Flatten()));
  }

  /** 50 images to train on, 21 to test. */
  public static DatasetSplits data() {
    return new DatasetSplits(new Stripes("tiny (train)", 50, 1), new Stripes("tiny (test)", 21, 2));
  }

  /** Returns a trainer on the reference engine, with seed 1. */
  public static Trainer trainer(Recipe recipe) {
    return trainer(recipe, 1);
  }

  /** Returns a trainer on the reference engine. */
  public static Trainer trainer(Recipe recipe, long seed) {
    return new Trainer(Engines.reference(), network(), data(), recipe).seed(seed);
  }

  /** Horizontal stripes, vertical stripes, or neither. */
  record Stripes(String name, int size, long seed) implements ImageDataset {
    @Override
    public int channels() {
      return 1;
    }

    @Override
    public List<String> classes() {
      return List.of("horizontal", "vertical", "none");
    }

    @Override
    public int label(int index) {
      return index % CLASSES;
    }

    @Override
    public DecodedImage image(int index) {
      byte[] pixels = new byte[SIDE * SIDE];
      Random noise = new Random(seed * 1000 + index);
      for (int y = 0; y < SIDE; y++) {
        for (int x = 0; x < SIDE; x++) {
          int line = label(index) == 0 ? y : x;
          int stripe = label(index) == 2 ? 64 : 128 * (line % 2);
          pixels[y * SIDE + x] = (byte) (stripe + noise.nextInt(64));
        }
      }
      return new DecodedImage(1, SIDE, SIDE, pixels);
    }
  }
}
