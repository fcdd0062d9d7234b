package org.nin4j.train;

import java.util.List;
import org.nin4j.data.ColorJitter;
import org.nin4j.data.DatasetSplits;
import org.nin4j.data.ImageDataset;
import org.nin4j.data.Mixup;
import org.nin4j.data.RandomAffine;
import org.nin4j.data.RandomCrop;
import org.nin4j.data.RandomErasing;
import org.nin4j.data.RandomHorizontalFlip;
import org.nin4j.data.Range;
import org.nin4j.engine.Engine;
import org.nin4j.train.schedule.OneCycle;

/**
 * The {@link TinyTask} with a rare class and a recipe that draws random numbers wherever a recipe
 * can, and computes whatever the weights depend on. Dropout is in the network.
 */
public final class EverythingRandom {
  private EverythingRandom() {}

  /** A recipe of two epochs. */
  public static Recipe recipe() {
    return Recipe.builder("everything random")
        .initializer(Initializer.HE)
        .dataInitializers(List.of(new Whitening(20, 1e-2), new Lsuv(20, 0.05)))
        .optimizer(new OptimizerConfig.Sgd(0.9f, true, 5e-4f))
        .parameterGroups(
            List.of(
                new ParameterGroup("bias", 2, 0),
                new ParameterGroup(ParameterGroup.LAST_LAYER, 0.5, 1)))
        .schedule(new OneCycle(0.05, 0.2, 0.3, 0))
        .epochs(2)
        .batchSize(8)
        .shards(4)
        .balance(ClassBalance.SAMPLING)
        .clipNorm(0.1)
        .augmentations(
            new RandomHorizontalFlip(),
            new RandomAffine(10, 0.1, new Range(0.9, 1.1)),
            new RandomCrop(1),
            new ColorJitter(0.2, 0.2, 0),
            new RandomErasing())
        .mixing(new Mixup(0.4))
        .normalization(Normalization.MEAN_STD)
        .labelSmoothing(0.1)
        .emaDecay(0.9)
        .build();
  }

  /** The images of the tiny task, but only a quarter of those of the last class to train on. */
  public static DatasetSplits data() {
    DatasetSplits all = TinyTask.data();
    ImageDataset train = all.train();
    return new DatasetSplits(
        new ChosenImages(train, i -> train.label(i) < TinyTask.CLASSES - 1 || i % 4 == 0),
        all.testOrValidation());
  }

  /** Returns a trainer with seed 1. */
  public static Trainer trainer(Engine engine, Recipe recipe) {
    return new Trainer(engine, TinyTask.network(), data(), recipe).seed(1);
  }
}
