package org.nin4j.evaluate;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.nin4j.Engines;
import org.nin4j.data.ImageDataset;
import org.nin4j.engine.Engine;
import org.nin4j.engine.Precision;
import org.nin4j.engine.PrecisionPolicy;
import org.nin4j.io.Model;

/**
 * How a model classified a set of images.
 *
 * @param classes the names of the classes
 * @param results the result of each image, in the order of the images
 */
public record Evaluation(List<String> classes, List<ImageResult> results) {
  /**
   * Creates an evaluation.
   *
   * @param classes the names of the classes
   * @param results the result of each image, at least one
   * @throws IllegalArgumentException when there are no results, or one has a label or a prediction
   *     that is not the index of a class
   */
  public Evaluation {
    classes = List.copyOf(classes);
    results = List.copyOf(results);
    if (results.isEmpty()) {
      throw new IllegalArgumentException("an evaluation needs at least one image");
    }
    for (ImageResult result : results) {
      requireClass(result.label(), classes);
      requireClass(result.predicted(), classes);
    }
  }

  private static void requireClass(int index, List<String> classes) {
    if (index < 0 || index >= classes.size()) {
      throw new IllegalArgumentException(
          "there is no class " + index + ", only " + classes.size() + " classes from 0");
    }
  }

  /**
   * Classifies a set of images with a model, on {@link Engines#best()} and all processors, in the
   * precision that a {@link org.nin4j.Classifier} uses. An {@link Evaluator} takes other choices.
   *
   * @param model the model
   * @param dataset the images and their labels
   * @return the result of each image
   * @throws IllegalArgumentException when the data set has more classes than the model
   * @throws java.io.UncheckedIOException when an image cannot be read; the message names its file
   */
  public static Evaluation of(Model model, ImageDataset dataset) {
    Engine engine = Engines.best();
    Precision precision = PrecisionPolicy.forInference(engine, model.quantization() != null);
    int threads = Runtime.getRuntime().availableProcessors();
    try (Evaluator evaluator = new Evaluator(engine, precision, model, dataset, threads)) {
      return evaluator.evaluate(model.weights());
    }
  }

  /**
   * Returns the number of images.
   *
   * @return the number of results
   */
  public int images() {
    return results.size();
  }

  /**
   * Returns the mean loss.
   *
   * @return the mean cross-entropy of the images
   */
  public double loss() {
    double sum = 0;
    for (ImageResult result : results) {
      sum += result.loss();
    }
    return sum / results.size();
  }

  /**
   * Returns the accuracy.
   *
   * @return the fraction of the images that were classified correctly, 0 to 1
   */
  public double accuracy() {
    return (double) correct() / results.size();
  }

  /**
   * Returns the number of images that were classified correctly.
   *
   * @return a number of images
   */
  public int correct() {
    return (int) results.stream().filter(ImageResult::correct).count();
  }

  /**
   * Returns Wilson's score interval for the accuracy on all images of the kind that was evaluated,
   * of which these are a sample. It does not include the chance in the training.
   *
   * @param confidence how often such an interval contains that accuracy, above 0 and below 1; 0.95
   *     is common
   * @return the interval, as {@link Interval#wilson} computes it
   * @throws IllegalArgumentException when the confidence is out of its range
   */
  public Interval accuracyInterval(double confidence) {
    return Interval.wilson(correct(), images(), confidence);
  }

  /**
   * Returns the top-k accuracy.
   *
   * @param k number of classes, at least 1; with 1 it is the accuracy
   * @return the fraction of the images whose class is among the k most probable ones, 0 to 1
   * @throws IllegalArgumentException when {@code k} is below 1
   */
  public double topAccuracy(int k) {
    if (k < 1) {
      throw new IllegalArgumentException("there are no " + k + " most probable classes");
    }
    return (double) results.stream().filter(result -> result.rank() < k).count() / results.size();
  }

  /**
   * Returns the confusion matrix.
   *
   * @return how often each class was taken for each other one
   */
  public ConfusionMatrix confusion() {
    return ConfusionMatrix.of(classes, results);
  }

  /**
   * Returns the figures of each class.
   *
   * @return counts, precision, recall and F1, in the order of the classes
   */
  public List<ClassFigures> perClass() {
    return confusion().perClass();
  }

  /**
   * Returns how well the probabilities are calibrated, in 15 bins as in the paper.
   *
   * @return the calibration of the most probable classes
   */
  public Calibration calibration() {
    return calibration(15);
  }

  /**
   * Returns how well the probabilities are calibrated.
   *
   * @param bins number of intervals of probability, at least 1
   * @return the calibration of the most probable classes
   * @throws IllegalArgumentException when there are no bins
   */
  public Calibration calibration(int bins) {
    return Calibration.of(results, bins);
  }

  /**
   * Returns the images that were classified wrongly with the highest probabilities. Wrong labels
   * are often among them.
   *
   * @param count the largest number of images, 0 or more
   * @return indices of {@link #results()}, the most probable prediction first, at equal
   *     probabilities in the order of the images
   */
  public List<Integer> mostConfidentMistakes(int count) {
    return IntStream.range(0, results.size())
        .filter(i -> !results.get(i).correct())
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -results.get(i).probability()))
        .limit(count)
        .toList();
  }
}
