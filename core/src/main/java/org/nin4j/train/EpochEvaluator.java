package org.nin4j.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.nin4j.data.DatasetSplits;
import org.nin4j.data.ImageDataset;
import org.nin4j.engine.Weights;
import org.nin4j.evaluate.Evaluation;

/**
 * Evaluates the model after each epoch of a training, and determines the best epoch and the last
 * one.
 */
final class EpochEvaluator implements AutoCloseable {
  /** Classifies a set of images, with other weights each time. */
  interface ImageEvaluator extends AutoCloseable {
    Evaluation evaluate(Weights weights);

    @Override
    void close();
  }

  /** Creates an evaluator for a set of images. */
  @FunctionalInterface
  interface EvaluatorFactory {
    ImageEvaluator of(ImageDataset images);
  }

  /**
   * The outcome of evaluating the model after an epoch.
   *
   * @param metrics the metrics of the epoch
   * @param evaluation the results on the test images if they were used, else on the validation
   *     images
   */
  record Evaluated(EpochMetrics metrics, Evaluation evaluation) {}

  private final Recipe recipe;
  private final boolean validates;
  private final ImageEvaluator evaluator;
  private final Optional<Supplier<ImageEvaluator>> finalTest;

  /**
   * Creates an evaluator.
   *
   * @param recipe the recipe, which limits the number of epochs
   * @param data the data set, whose training images are not used
   * @param evaluators creates the evaluators for validation and test images
   */
  EpochEvaluator(Recipe recipe, DatasetSplits data, EvaluatorFactory evaluators) {
    this.recipe = recipe;
    validates = data.validation().isPresent();
    evaluator = evaluators.of(data.validationOrTest());
    finalTest = validates ? data.test().map(test -> () -> evaluators.of(test)) : Optional.empty();
  }

  /**
   * Evaluates the model at the end of the current epoch.
   *
   * @throws TrainingException when a loss is no longer a finite number
   */
  Evaluated evaluate(TrainingState state, double imagesPerSecond) {
    Evaluation evaluation = evaluate(state, evaluator, validates ? "validation" : "test");
    Score score = score(evaluation);
    EpochMetrics metrics =
        new EpochMetrics(
            state.epoch() + 1,
            new Score(state.meanLoss(), state.accuracy()),
            validates ? Optional.of(score) : Optional.empty(),
            validates ? Optional.empty() : Optional.of(score),
            imagesPerSecond);
    List<EpochMetrics> history = new ArrayList<>(state.history);
    history.add(metrics);
    if (finalTest.isEmpty() || !isComplete(history)) {
      return new Evaluated(metrics, evaluation);
    }
    try (ImageEvaluator test = finalTest.get().get()) {
      Evaluation tested = evaluate(state, test, "test");
      return new Evaluated(
          new EpochMetrics(
              metrics.epoch(),
              metrics.train(),
              metrics.validation(),
              Optional.of(score(tested)),
              imagesPerSecond),
          tested);
    }
  }

  private static Evaluation evaluate(TrainingState state, ImageEvaluator evaluator, String images) {
    Evaluation evaluation = evaluator.evaluate(state.evaluated());
    if (!Double.isFinite(evaluation.loss())) {
      throw state.diverged(
          "the "
              + images
              + " loss after epoch "
              + (state.epoch() + 1)
              + " is "
              + evaluation.loss());
    }
    return evaluation;
  }

  private static Score score(Evaluation evaluation) {
    return new Score(evaluation.loss(), evaluation.accuracy());
  }

  /** Returns whether a training with this history is complete. */
  boolean isComplete(List<EpochMetrics> history) {
    boolean patienceExhausted =
        !history.isEmpty()
            && recipe.patience().isPresent()
            && history.size() - best(history) >= recipe.patience().getAsInt();
    return patienceExhausted || history.size() >= recipe.epochs();
  }

  /** Returns whether the last epoch has the best validation score so far. */
  boolean hasImproved(List<EpochMetrics> history) {
    return validates && best(history) == history.size();
  }

  /** Returns the number of the best epoch, from 1; the earliest of equally good ones. */
  private static int best(List<EpochMetrics> history) {
    int best = 0;
    for (int i = 1; i < history.size(); i++) {
      if (history.get(i).evaluation().isBetterThan(history.get(best).evaluation())) {
        best = i;
      }
    }
    return best + 1;
  }

  @Override
  public void close() {
    evaluator.close();
  }
}
