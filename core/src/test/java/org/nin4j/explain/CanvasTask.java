package org.nin4j.explain;

import java.io.IOException;
import org.nin4j.Engines;
import org.nin4j.data.DatasetSplits;
import org.nin4j.data.Datasets;
import org.nin4j.io.Model;
import org.nin4j.nn.Network;
import org.nin4j.train.Initializer;
import org.nin4j.train.Normalization;
import org.nin4j.train.OptimizerConfig;
import org.nin4j.train.Recipe;
import org.nin4j.train.Trainer;
import org.nin4j.train.schedule.Schedule;

/** Training on digits on a canvas, in about a minute. */
final class CanvasTask {
  private static final int TRAINED = 12_000;
  private static final int TESTED = 2_000;

  private CanvasTask() {}

  /** Digits of the test set on a canvas. */
  static CanvasDigits tested(String folder, int side, int reduction) throws IOException {
    return new CanvasDigits(Datasets.open(folder).test().orElseThrow(), TESTED, side, reduction);
  }

  /** Trains a network for square grey images. */
  static Model train(String folder, Network network, int reduction, int epochs) throws IOException {
    int side = network.input().height();
    CanvasDigits train = new CanvasDigits(Datasets.open(folder).train(), TRAINED, side, reduction);
    Recipe recipe =
        Recipe.builder("canvas")
            .initializer(Initializer.IDENTITY_HEAD)
            .optimizer(new OptimizerConfig.AdamW(0.01f))
            .schedule(Schedule.cosine(0.01).withWarmUp(0.1))
            .epochs(epochs)
            .batchSize(32)
            .shards(2)
            .clipNorm(1)
            .normalization(Normalization.MEAN_STD)
            .build();
    return new Trainer(
            Engines.best(),
            network,
            new DatasetSplits(train, tested(folder, side, reduction)),
            recipe)
        .seed(1)
        .train()
        .model();
  }
}
