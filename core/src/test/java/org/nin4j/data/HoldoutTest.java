package org.nin4j.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class HoldoutTest {
  @Test
  void everyImageIsOnOneSideAndEachClassInProportion() {
    ImageDataset sample = Datasets.sample().train();
    Holdout holdout = Holdout.of(sample, 0.123, 5);
    assertEquals(
        IntStream.range(0, sample.size()).boxed().toList(),
        Stream.concat(holdout.kept().stream(), holdout.heldOut().stream()).sorted().toList());
    for (int label = 0; label < 10; label++) {
      int wanted = label;
      assertEquals(123, holdout.heldOut().stream().filter(i -> sample.label(i) == wanted).count());
    }
    assertEquals(holdout, Holdout.of(sample, 0.123, 5));
    assertNotEquals(holdout, Holdout.of(sample, 0.123, 6));
    assertEquals(List.copyOf(new TreeSet<>(holdout.heldOut())), holdout.heldOut());
  }

  /** So a model that was trained with one part is not tested on what it has seen with less. */
  @Test
  void aSmallerPartIsContainedInALargerOne() {
    ImageDataset sample = Datasets.sample().train();
    List<Integer> large = Holdout.of(sample, 0.3, 0).heldOut();
    List<Integer> small = Holdout.of(sample, 0.1, 0).heldOut();
    assertEquals(1000, small.size());
    assertTrue(large.containsAll(small));
  }

  @Test
  void everyClassKeepsAnImageAndGivesOne() {
    ImageDataset sample = Datasets.sample().train();
    assertEquals(10, Holdout.of(sample, 1e-9, 0).heldOut().size());
    assertEquals(10, Holdout.of(sample, 1 - 1e-9, 0).kept().size());
  }

  @Test
  void aClassOfOneImageIsNamed() {
    ImageDataset one =
        new SubsetDataset("one", Datasets.sample().train(), List.of(0), FilesLeftOut.NONE);
    String name = one.classes().get(one.label(0));
    String message =
        assertThrows(IllegalArgumentException.class, () -> Holdout.of(one, 0.5, 0)).getMessage();
    assertEquals(0, message.indexOf("the class '" + name + "' has only one image"), message);
  }

  @Test
  void manyClassesOfOneImageAreCounted() {
    assertEquals(
        "the class 'b' has only one image, as 2 of the 3 classes have, so none can be held out for"
            + " validation; add images to the class, or provide validation images in a separate"
            + " folder",
        complaint(() -> Holdout.requireTwoOfEach(List.of("a", "b", "c"), new int[] {2, 1, 1})));
  }

  @Test
  void optionsOutsideTheirRangesAreRefused() {
    assertEquals(
        "the fraction held out for validation must be above 0 and below 1, but is 1.0",
        complaint(() -> DataOptions.DEFAULT.withValidationPart(1)));
    assertEquals(
        "the fraction held out for validation must be above 0 and below 1, but is NaN",
        complaint(() -> DataOptions.DEFAULT.withValidationPart(Double.NaN)));
    assertEquals(
        "images have 1 or 3 channels, not 4", complaint(() -> DataOptions.DEFAULT.withChannels(4)));
    assertEquals(
        "the tolerated fraction of damaged images must be from 0 to 1, but is 1.5",
        complaint(() -> DataOptions.DEFAULT.withToleratedDamage(1.5)));
  }

  private static String complaint(Executable action) {
    return assertThrows(IllegalArgumentException.class, action).getMessage();
  }
}
