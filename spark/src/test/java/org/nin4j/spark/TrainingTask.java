package org.nin4j.spark;

import java.util.Map;
import java.util.function.Supplier;
import org.nin4j.Engines;
import org.nin4j.data.DataSource;
import org.nin4j.data.DatasetSplits;
import org.nin4j.data.Datasets;
import org.nin4j.engine.Engine;
import org.nin4j.engine.PrecisionPolicy;
import org.nin4j.nn.Network;
import org.nin4j.nn.NetworkJson;
import org.nin4j.nn.Networks;
import org.nin4j.nn.Shape;
import org.nin4j.train.EverythingRandom;
import org.nin4j.train.Recipe;
import org.nin4j.train.RecipeJson;
import org.nin4j.train.TinyTask;
import org.nin4j.train.Trainer;

/**
 * A training that one process and executors do, with the settings of {@code nin train}.
 *
 * @param dataName the name of the images
 * @param images the images, to train and to test on
 * @param network the network
 * @param recipe the hyperparameters
 */
record TrainingTask(String dataName, DatasetSplits images, Network network, Recipe recipe) {
  private static final Map<String, Supplier<TrainingTask>> NAMED =
      Map.of(
          "tiny", TrainingTask::tiny,
          "few", () -> sample(1280, 400),
          "sample", () -> sample(Integer.MAX_VALUE, Integer.MAX_VALUE));

  /**
   * Returns {@code tiny}, {@code few} images of the embedded sample, or the whole {@code sample}.
   */
  static TrainingTask named(String name) {
    return NAMED.get(name).get();
  }

  private static TrainingTask tiny() {
    return new TrainingTask(
        "tiny", EverythingRandom.data(), TinyTask.network(), EverythingRandom.recipe());
  }

  /** As {@code nin train --epochs 2} trains. */
  private static TrainingTask sample(int train, int test) {
    DatasetSplits all = Datasets.sample();
    Network network = Networks.NIN.build(Shape.of(1, 1, 96, 96), all.train().classes().size());
    return new TrainingTask(
        "sample", all.limited(train, test), network, Recipe.DEFAULT.with(r -> r.epochs(2)));
  }

  /** A trainer in this process. */
  Trainer trainer() {
    Engine engine = Engines.best();
    return new Trainer(engine, network, images, recipe)
        .seed(1)
        .precision(PrecisionPolicy.forTraining(engine))
        .dataSource(new DataSource(dataName));
  }

  /** An estimator for {@link DatasetRows}. */
  NinClassifier classifier() {
    return new NinClassifier()
        .setNetwork(NetworkJson.write(network))
        .setRecipe(RecipeJson.write(recipe))
        .setSeed(1)
        .setPrecision(PrecisionPolicy.forTraining(Engines.best()).toString())
        .setValidationIndicatorCol("isTest")
        .setIdCol("id")
        .setClassNames(images.train().classes().toArray(String[]::new))
        .setDataName(dataName)
        .setAntialias(false);
  }
}
