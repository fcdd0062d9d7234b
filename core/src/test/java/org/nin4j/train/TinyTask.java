package org.nin4j.train;

import java.util.List;
import java.util.Random;
import org.nin4j.data.DatasetSplits;
import org.nin4j.data.DecodedImage;
import org.nin4j.data.ImageDataset;
import org.nin4j.data.RandomHorizontalFlip;
import org.nin4j.data.RandomShift;
import org.nin4j.engine.reference.ReferenceEngine;
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

/**
 * Something that is learnt in a moment: three kinds of stripes under noise, and a small network
 * with all that has a state in training (Dropout, BatchNorm2d). An epoch has six batches of eight
 * images and one of two.
 */
final class TinyTask {
  static final int BATCHES = 7;
  static final int CLASSES = 3;
  private static final int SIDE = 8;

  private TinyTask() {}

  static Recipe recipe() {
    return new Recipe(
        "tiny",
        Initializer.IDENTITY_HEAD,
        new OptimizerConfig.AdamW(0.01f),
        new Schedule(0.02, 0.1, true),
        6,
        8,
        2,
        SIDE,
        1,
        List.of(new RandomHorizontalFlip(), new RandomShift(1)),
        true,
        0);
  }

  /** The recipe without augmentation, with another way to learn. */
  static Recipe with(Recipe r, OptimizerConfig optimizer, Schedule schedule) {
    return new Recipe(
        r.name(),
        r.initializer(),
        optimizer,
        schedule,
        r.epochs(),
        r.batchSize(),
        r.shards(),
        r.imageSize(),
        Double.POSITIVE_INFINITY,
        List.of(),
        r.normalize(),
        r.labelSmoothing());
  }

  static Network network() {
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

  static DatasetSplits data() {
    return new DatasetSplits(new Stripes("tiny (train)", 50, 1), new Stripes("tiny (test)", 21, 2));
  }

  static Trainer trainer(Recipe recipe) {
    return trainer(recipe, 1);
  }

  static Trainer trainer(Recipe recipe, long seed) {
    return new Trainer(new ReferenceEngine(), network(), data(), recipe).seed(seed);
  }

  /** Horizontal stripes, vertical stripes, or neither. */
  record Stripes(String name, int size, long seed) implements ImageDataset {
    @Override
    public int channels() {
      return 1;
    }

    @Override
    public List<String> classes() {
      return List.of("lying", "standing", "none");
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
          int place = label(index) == 0 ? y : x;
          int stripe = label(index) == 2 ? 64 : 128 * (place % 2);
          pixels[y * SIDE + x] = (byte) (stripe + noise.nextInt(64));
        }
      }
      return new DecodedImage(1, SIDE, SIDE, pixels);
    }
  }
}
