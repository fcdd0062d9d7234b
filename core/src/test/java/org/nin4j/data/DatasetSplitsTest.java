package org.nin4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DatasetSplitsTest {
  private static final ImageDataset TRAIN = MixedImages.named("photos (train)", 3, 4);
  private static final ImageDataset TEST = MixedImages.named("photos (test)", 3, 4);

  @Test
  void aDataSetMayHaveValidationImages() {
    ImageDataset validation = MixedImages.named("photos (validation)", 3, 4);
    assertEquals(Optional.empty(), new DatasetSplits(TRAIN, TEST).validation());
    Optional<ImageDataset> given = Optional.of(validation);
    assertEquals(given, new DatasetSplits(TRAIN, given, Optional.of(TEST)).validation());
  }

  @Test
  void oneOfValidationAndTestIsEnoughAndStandsForTheOther() {
    ImageDataset validation = MixedImages.named("photos (validation)", 3, 4);
    DatasetSplits both = new DatasetSplits(TRAIN, Optional.of(validation), Optional.of(TEST));
    assertSame(validation, both.validationOrTest());
    assertSame(TEST, both.testOrValidation());
    DatasetSplits tested = new DatasetSplits(TRAIN, TEST);
    assertSame(TEST, tested.validationOrTest());
    assertSame(TEST, tested.testOrValidation());
    DatasetSplits validated = new DatasetSplits(TRAIN, Optional.of(validation), Optional.empty());
    assertSame(validation, validated.validationOrTest());
    assertSame(validation, validated.testOrValidation());
  }

  @Test
  void withoutImagesToMeasureByThereIsNoDataSet() {
    assertEquals(
        "photos (train) has neither validation nor test images; provide at least one of them",
        assertThrows(
                IllegalArgumentException.class,
                () -> new DatasetSplits(TRAIN, Optional.empty(), Optional.empty()))
            .getMessage());
  }

  @Test
  void thePartThatHasOtherChannelsIsNamed() {
    assertEquals(
        "the images of grey have 1 channels, but those of photos (train) have 3",
        complaint(Optional.empty(), MixedImages.named("grey", 1, 4)));
    assertEquals(
        "the images of grey have 1 channels, but those of photos (train) have 3",
        complaint(Optional.of(MixedImages.named("grey", 1, 4)), TEST));
  }

  @Test
  void theClassThatDiffersIsNamed() {
    ImageDataset swapped =
        new MixedImages("swapped", 5, 3, List.of("class0", "class2", "class1", "class3"));
    String expected = "class 1 of swapped is 'class2', but that of photos (train) is 'class1'";
    assertEquals(expected, complaint(Optional.empty(), swapped));
    assertEquals(expected, complaint(Optional.of(swapped), TEST));
  }

  @Test
  void theClassThatIsMissingIsNamed() {
    assertEquals(
        "few has 3 classes, but photos (train) has 4; only the latter has 'class3'",
        complaint(Optional.empty(), MixedImages.named("few", 3, 3)));
    assertEquals(
        "photos (train) has 4 classes, but many has 6; only the latter has 'class4'",
        complaint(Optional.empty(), MixedImages.named("many", 3, 6)));
  }

  @Test
  void aFewImagesAreSpreadEvenlyOverEachPart() {
    ImageDataset train = new MixedImages("train", 10, 3, TRAIN.classes());
    ImageDataset test = new MixedImages("test", 7, 3, TRAIN.classes());
    DatasetSplits few =
        new DatasetSplits(train, Optional.of(TEST), Optional.of(test)).limited(4, 5);
    assertEquals(4, few.train().size());
    List<Integer> spread = List.of(0, 2, 5, 7); // i * 10 / 4
    for (int i = 0; i < spread.size(); i++) {
      assertEquals(train.label(spread.get(i)), few.train().label(i));
      assertArrayEquals(train.image(spread.get(i)).pixels(), few.train().image(i).pixels());
    }
    assertSame(TEST, few.validation().orElseThrow());
    assertEquals(5, few.test().orElseThrow().size());
    assertEquals(test.classes(), few.test().orElseThrow().classes());
    assertThrows(IllegalArgumentException.class, () -> few.limited(0, 1));
    assertThrows(IllegalArgumentException.class, () -> few.limited(1, 0));
  }

  private static String complaint(Optional<ImageDataset> validation, ImageDataset test) {
    return assertThrows(
            IllegalArgumentException.class,
            () -> new DatasetSplits(TRAIN, validation, Optional.of(test)))
        .getMessage();
  }
}
