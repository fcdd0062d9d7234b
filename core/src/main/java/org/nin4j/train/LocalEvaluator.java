package org.nin4j.train;

import org.nin4j.engine.Weights;
import org.nin4j.evaluate.Evaluation;
import org.nin4j.evaluate.Evaluator;

/**
 * Evaluates in this process.
 *
 * @param evaluator closed with this
 */
record LocalEvaluator(Evaluator evaluator) implements EpochEvaluator.ImageEvaluator {
  @Override
  public Evaluation evaluate(Weights weights) {
    return evaluator.evaluate(weights);
  }

  @Override
  public void close() {
    evaluator.close();
  }
}
