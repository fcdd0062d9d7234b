package org.nin4j.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Evaluations of images whose results are given. */
final class Results {
  private Results() {}

  /** The result of an image whose class has the probability that the predicted class leaves. */
  static ImageResult result(int label, int predicted, double probability) {
    boolean correct = label == predicted;
    double ofLabel = correct ? probability : 1 - probability;
    return new ImageResult(
        label, predicted, correct ? 0 : 1, probability, ofLabel, -Math.log(ofLabel));
  }

  /** Returns an evaluation of classes "0", "1", and so on with this confusion matrix. */
  static Evaluation withConfusion(int[][] counts) {
    List<ImageResult> results = new ArrayList<>();
    for (int label = 0; label < counts.length; label++) {
      for (int predicted = 0; predicted < counts.length; predicted++) {
        for (int n = 0; n < counts[label][predicted]; n++) {
          results.add(result(label, predicted, 0.75));
        }
      }
    }
    return of(counts.length, results);
  }

  /** Returns an evaluation of classes "0", "1", and so on. */
  static Evaluation of(int classes, List<ImageResult> results) {
    return new Evaluation(
        IntStream.range(0, classes).mapToObj(Integer::toString).toList(), results);
  }
}
