package org.nin4j.tracking.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nin4j.evaluate.Evaluation;
import org.nin4j.evaluate.ImageResult;

/** The choice of the images that a report shows. */
class GalleryTest {
  private static ImageResult result(int label, int predicted, double probability) {
    return new ImageResult(label, predicted, label == predicted ? 0 : 1, probability, 0.1, 2.3);
  }

  @Test
  void confidentMistakesComeFirstThenImagesOfEachCell() {
    List<ImageResult> results = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      results.add(result(0, 1, 0.9 - 0.01 * i)); // 24 of them are the most confident mistakes
    }
    for (int i = 0; i < 3; i++) {
      results.add(result(1, 0, 0.3 + 0.01 * i));
    }
    for (int i = 0; i < 9; i++) {
      results.add(result(1, 1, 0.5 + 0.01 * i));
    }
    List<Integer> chosen = List.copyOf(Gallery.choice(new Evaluation(List.of("a", "b"), results)));
    assertEquals(24 + 3 + 4, chosen.size());
    for (int i = 0; i < 24; i++) {
      assertEquals(i, chosen.get(i));
    }
    assertEquals(List.of(42, 51, 41, 50, 40, 49, 48), chosen.subList(24, 31));
  }

  @Test
  void anEvaluationWithoutMistakesShowsWhatIsRight() {
    Evaluation right = new Evaluation(List.of("a"), List.of(result(0, 0, 0.9)));
    assertEquals(List.of(0), List.copyOf(Gallery.choice(right)));
    assertTrue(right.mostConfidentMistakes(1).isEmpty());
  }
}
