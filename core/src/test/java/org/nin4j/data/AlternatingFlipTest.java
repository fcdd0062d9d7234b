package org.nin4j.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

class AlternatingFlipTest {
  private static final DecodedImage IMAGE = new DecodedImage(1, 1, 2, new byte[] {0, 1});

  @Test
  void everyImageIsSeenBothWaysInTwoEpochsAndAgainInTheNextTwo() {
    for (int index = 0; index < 100; index++) {
      for (int epoch = 0; epoch < 5; epoch++) {
        assertNotEquals(flipped(epoch, index), flipped(epoch + 1, index));
        assertEquals(flipped(epoch, index), flipped(epoch + 2, index));
      }
    }
  }

  @Test
  void halfOfTheImagesAreFlippedInEachEpoch() {
    for (int epoch = 0; epoch < 2; epoch++) {
      int count = 0;
      for (int index = 0; index < 10_000; index++) {
        count += flipped(epoch, index);
      }
      assertEquals(5000, count, 150, "three standard deviations");
    }
  }

  @Test
  void anImageThatComesTwiceInAnEpochIsSeenBothWays() {
    for (int index = 0; index < 20; index++) {
      ImageVisit second = Augmented.visit(3, index, 1);
      int again = Augmented.apply(new AlternatingFlip(), IMAGE, second).pixels()[0];
      assertNotEquals(flipped(3, index), again);
    }
  }

  private static int flipped(int epoch, int index) {
    AlternatingFlip flip = new AlternatingFlip();
    return Augmented.apply(flip, IMAGE, Augmented.visit(epoch, index)).pixels()[0];
  }
}
