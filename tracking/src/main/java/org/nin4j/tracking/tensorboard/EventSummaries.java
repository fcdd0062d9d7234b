package org.nin4j.tracking.tensorboard;

import java.util.Map;
import java.util.TreeMap;
import org.nin4j.data.DecodedImage;
import org.nin4j.data.ImageDataset;
import org.nin4j.data.Preprocessing;
import org.nin4j.engine.Weights;
import org.nin4j.internal.json.JsonWriter;
import org.nin4j.nn.Parameter;
import org.nin4j.tracking.picture.Pictures;
import org.nin4j.tracking.picture.TrainingImage;
import org.nin4j.train.EpochMetrics;
import org.nin4j.train.RecipeJson;
import org.nin4j.train.Score;
import org.nin4j.train.TrainingEvent.EpochDone;
import org.nin4j.train.TrainingEvent.StepDone;
import org.nin4j.train.TrainingSetup;

/** What TensorBoard shows of the events of a training. */
final class EventSummaries {
  /** Images after these are not searched for one of each class. */
  private static final int FIRST_IMAGES = 64;

  private EventSummaries() {}

  /**
   * Describes a training.
   *
   * @param wallTime the time in seconds since 1970
   */
  static Summary ofStart(TrainingSetup setup, double wallTime) {
    String recipe = JsonWriter.indented(RecipeJson.write(setup.recipe()));
    return new Summary()
        .text("recipe", recipe.indent(4)) // code in Markdown
        .hyperparameters(Hyperparameters.START_TAG, Hyperparameters.started(setup, wallTime));
  }

  /**
   * Says that a training has completed its last epoch.
   *
   * @param wallTime the time in seconds since 1970
   */
  static Summary ofEnd(double wallTime) {
    return new Summary()
        .hyperparameters(Hyperparameters.END_TAG, Hyperparameters.finished(wallTime));
  }

  static Summary of(StepDone step) {
    return new Summary()
        .scalar("train/loss", step.loss())
        .scalar("train/gradient_norm", step.gradientNorm())
        .scalar("train/images_per_second", step.progress().imagesPerSecond())
        .scalar("learning_rate", step.learningRate());
  }

  static Summary of(EpochDone epoch) {
    EpochMetrics metrics = epoch.metrics();
    Summary summary =
        new Summary()
            .scalar("epoch", metrics.epoch())
            .scalar("train/epoch_loss", metrics.train().loss())
            .scalar("train/epoch_accuracy", metrics.train().accuracy());
    metrics.validation().ifPresent(score -> add(summary, "val", score));
    metrics.test().ifPresent(score -> add(summary, "test", score));
    addWeights(summary, epoch.model().weights());
    return summary;
  }

  private static void add(Summary summary, String images, Score score) {
    summary.scalar(images + "/loss", score.loss()).scalar(images + "/accuracy", score.accuracy());
  }

  private static void addWeights(Summary summary, Weights weights) {
    for (Parameter parameter : weights.parameters()) {
      if (parameter.trainable()) {
        float[] values = weights.values(parameter.name());
        summary.histogram("weights/" + parameter.name(), Histogram.of(values));
      }
    }
  }

  /** Adds the first image of each class that the network saw. */
  static void addImages(
      Summary summary, ImageDataset dataset, Preprocessing preprocessing, TrainingSetup setup) {
    Map<Integer, DecodedImage> firstOfClass = new TreeMap<>();
    TrainingImage.first(dataset, preprocessing, setup, FIRST_IMAGES)
        .forEach(each -> firstOfClass.putIfAbsent(each.label(), each.image()));
    firstOfClass.forEach(
        (label, image) ->
            summary.image("images/" + dataset.classes().get(label), Pictures.of(image)));
  }
}
