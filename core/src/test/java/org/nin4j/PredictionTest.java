package org.nin4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nin4j.Prediction.Ranked;
import org.nin4j.error.InvalidModelException;
import org.nin4j.internal.Softmax;

class PredictionTest {
  private static final List<String> LABELS = List.of("boot", "bag", "coat");

  private static Prediction ofLogits(float[] logits, List<String> labels) {
    float[] probabilities = new float[logits.length];
    Softmax.probabilities(logits, probabilities, labels.size());
    return Prediction.of(probabilities, labels);
  }

  @Test
  void classesAreRankedByTheSoftmaxOfTheirLogits() {
    Prediction prediction = ofLogits(new float[] {0, (float) Math.log(6), 0}, LABELS);
    assertEquals("bag", prediction.label());
    assertEquals(0.75f, prediction.probability(), 1e-6f);
    assertEquals(0.125f, prediction.ranking().get(2).probability(), 1e-6f);
  }

  @Test
  void classesThatAreAsProbableKeepTheirOrder() {
    Prediction prediction = ofLogits(new float[3], LABELS);
    assertEquals(LABELS, prediction.ranking().stream().map(Ranked::label).toList());
  }

  @Test
  void largeLogitsDoNotOverflow() {
    Prediction prediction = ofLogits(new float[] {3e38f, -3e38f, 0}, LABELS);
    assertEquals(1, prediction.probability());
    assertEquals(0, prediction.ranking().get(2).probability());
  }

  @Test
  void probabilitiesAddUpToOne() {
    float[] logits = {2.5f, -1, 0.25f, 7, 6.5f};
    List<String> labels = IntStream.range(0, 5).mapToObj(Integer::toString).toList();
    double sum = ofLogits(logits, labels).ranking().stream().mapToDouble(Ranked::probability).sum();
    assertEquals(1, sum, 1e-6);
  }

  @Test
  void topGivesAsManyAsThereAre() {
    Prediction prediction = ofLogits(new float[3], LABELS);
    assertEquals(0, prediction.top(0).size());
    assertEquals(2, prediction.top(2).size());
    assertEquals(3, prediction.top(99).size());
    assertThrows(IllegalArgumentException.class, () -> prediction.top(-1));
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
  void logitsThatAreNoNumbersAreRefused(float logit) {
    assertThrows(InvalidModelException.class, () -> ofLogits(new float[] {0, logit, 0}, LABELS));
  }

  @Test
  void aPredictionNeedsAClass() {
    assertThrows(IllegalArgumentException.class, () -> new Prediction(List.of()));
  }
}
