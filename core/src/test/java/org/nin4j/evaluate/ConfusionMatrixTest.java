package org.nin4j.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ConfusionMatrixTest {
  private static final double NONE = Double.NaN;

  /** Class 3 has no images, and class 2 was never predicted. */
  private static final ConfusionMatrix MATRIX =
      Results.withConfusion(new int[][] {{6, 2, 0, 0}, {1, 9, 0, 2}, {4, 1, 0, 0}, {0, 0, 0, 0}})
          .confusion();

  @Test
  void figuresOfAClassFollowFromItsRowAndItsColumn() {
    ClassFigures first = MATRIX.of(0);
    assertEquals(new ClassFigures("0", 8, 11, 6), first);
    assertEquals(6 / 11.0, first.precision());
    assertEquals(6 / 8.0, first.recall());
    assertEquals(2 / (1 / first.precision() + 1 / first.recall()), first.f1(), 1e-15);
    assertEquals(List.of(first, MATRIX.of(1), MATRIX.of(2), MATRIX.of(3)), MATRIX.perClass());
  }

  @Test
  void aFractionOfNothingIsNaN() {
    assertEquals(NONE, MATRIX.of(2).precision());
    assertEquals(0, MATRIX.of(2).recall());
    assertEquals(0, MATRIX.of(2).f1());
    assertEquals(0, MATRIX.of(3).precision());
    assertEquals(NONE, MATRIX.of(3).recall());
    assertEquals(0, MATRIX.of(3).f1());
    assertEquals(NONE, new ClassFigures("", 0, 0, 0).f1());
  }

  @Test
  void macroAveragesAreOverTheClassesThatHaveImages() {
    assertEquals((6 / 11.0 + 9 / 12.0 + 0) / 3, MATRIX.macroPrecision(), 1e-15);
    assertEquals((6 / 8.0 + 9 / 12.0 + 0) / 3, MATRIX.macroRecall(), 1e-15);
    assertEquals((12 / 19.0 + 18 / 24.0 + 0) / 3, MATRIX.macroF1(), 1e-15);
  }

  @Test
  void rowsAreNormalizedByTheImagesOfTheirClass() {
    assertEquals(
        List.of(
            List.of(0.75, 0.25, 0.0, 0.0),
            List.of(1 / 12.0, 9 / 12.0, 0.0, 2 / 12.0),
            List.of(0.8, 0.2, 0.0, 0.0),
            List.of(NONE, NONE, NONE, NONE)),
        MATRIX.normalizedRows());
  }

  @Test
  void aClassIsMostOftenTakenForTheOtherClassWithTheLargestCount() {
    assertEquals(OptionalInt.of(1), MATRIX.mostOftenTakenFor(0));
    assertEquals(OptionalInt.of(3), MATRIX.mostOftenTakenFor(1));
    assertEquals(OptionalInt.of(0), MATRIX.mostOftenTakenFor(2));
    assertEquals(OptionalInt.empty(), MATRIX.mostOftenTakenFor(3));
    ConfusionMatrix equal =
        Results.withConfusion(new int[][] {{5, 0, 0}, {2, 0, 2}, {0, 0, 1}}).confusion();
    assertEquals(OptionalInt.of(0), equal.mostOftenTakenFor(1));
    assertEquals(OptionalInt.empty(), equal.mostOftenTakenFor(0));
  }

  @Test
  void aMatrixHasARowAndAColumnForEachClass() {
    List<String> classes = List.of("cat", "dog");
    assertThrows(
        IllegalArgumentException.class, () -> new ConfusionMatrix(classes, List.of(List.of(1, 2))));
    assertThrows(
        IllegalArgumentException.class,
        () -> new ConfusionMatrix(classes, List.of(List.of(1, 2), List.of(3))));
    assertThrows(IllegalArgumentException.class, () -> new ClassFigures("cat", 2, 5, 3));
  }
}
