package org.nin4j.tracking.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nin4j.data.ImageDataset;
import org.nin4j.data.Mixup;
import org.nin4j.data.PreparedImages;
import org.nin4j.data.Preprocessing;
import org.nin4j.train.Recipe;
import org.nin4j.train.TinyTask;

/** The images that a network saw first. */
class TrainingImageTest {
  private static final ImageDataset IMAGES = TinyTask.data().train();
  private static final Preprocessing UNIT = Preprocessing.unit(1, 8, 8);

  private static List<TrainingImage> first(Recipe recipe, int most) {
    return TrainingImage.first(IMAGES, UNIT, TinyTask.trainer(recipe, 7).prepare().setup(), most);
  }

  /** Returns the index of the image with these pixels after the augmentation of the first epoch. */
  private static int index(TrainingImage seen) {
    PreparedImages augmented =
        new PreparedImages(IMAGES, UNIT, TinyTask.recipe().augmentations(), 7, 0);
    return IntStream.range(0, IMAGES.size())
        .filter(i -> Arrays.equals(augmented.image(i).pixels(), seen.image().pixels()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void eachImageIsAugmentedAndHasItsLabel() {
    List<Integer> order = first(TinyTask.recipe(), 50).stream().map(each -> index(each)).toList();
    assertEquals(50, order.stream().distinct().count());
    assertNotEquals(order.stream().sorted().toList(), order);
    first(TinyTask.recipe(), 50)
        .forEach(each -> assertEquals(IMAGES.label(index(each)), each.label()));
  }

  @Test
  void fewerImagesAreTheSameOnesAndNoneIsMissingAtTheEnd() {
    List<TrainingImage> all = first(TinyTask.recipe(), 64);
    List<TrainingImage> few = first(TinyTask.recipe(), 5);
    assertEquals(50, all.size());
    assertEquals(5, few.size());
    for (int i = 0; i < 5; i++) {
      assertArrayEquals(all.get(i).image().pixels(), few.get(i).image().pixels());
    }
  }

  @Test
  void imagesAreMixedAsInTheTraining() {
    Recipe mixing = TinyTask.recipe().with(r -> r.mixing(new Mixup(1)));
    TrainingImage plain = first(TinyTask.recipe(), 1).get(0);
    TrainingImage mixed = first(mixing, 1).get(0);
    assertEquals(plain.label(), mixed.label());
    assertFalse(Arrays.equals(plain.image().pixels(), mixed.image().pixels()));
  }
}
