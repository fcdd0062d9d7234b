package org.nin4j.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.nin4j.data.Loaders.STRONG;
import static org.nin4j.data.Loaders.batches;
import static org.nin4j.data.Loaders.dropLast;
import static org.nin4j.data.Loaders.loader;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which images come in which order. */
class DataLoaderTest {
  @Test
  void anEpochTakenUpInItsMiddleContinuesAsItWould() {
    DataLoader loader = loader(103, 10, true, STRONG, 5);
    List<String> whole = batches(loader.epoch(3, 0));
    assertEquals(11, whole.size());
    for (int first = 0; first <= 11; first++) {
      assertEquals(whole.subList(first, 11), batches(loader.epoch(3, first)), "from " + first);
    }
  }

  @Test
  void theSameSeedGivesTheSameEpochToAnotherLoader() {
    List<String> one = batches(loader(50, 8, true, STRONG, 5).epoch(2, 0));
    DataLoader loader = loader(50, 8, true, STRONG, 5);
    batches(loader.epoch(7, 0));
    assertEquals(one, batches(loader.epoch(2, 0)));
  }

  @Test
  void anotherSeedOrEpochGivesAnotherOrderAndOtherChanges() {
    DataLoader loader = loader(50, 50, true, STRONG, 5);
    String first = batches(loader.epoch(0, 0)).get(0);
    assertNotEquals(first, batches(loader.epoch(1, 0)).get(0));
    assertNotEquals(first, batches(loader(50, 50, true, STRONG, 6).epoch(0, 0)).get(0));
    DataLoader inOrder = loader(50, 50, false, STRONG, 5);
    assertNotEquals(batches(inOrder.epoch(0, 0)).get(0), batches(inOrder.epoch(1, 0)).get(0));
  }

  @Test
  void theLastBatchHoldsWhatIsLeft() {
    List<Integer> sizes = new ArrayList<>();
    try (Epoch epoch = loader(103, 25, true, List.of(), 1).epoch(0, 0)) {
      for (Batch batch = epoch.next(); batch != null; batch = epoch.next()) {
        sizes.add(batch.size());
      }
      assertNull(epoch.next());
    }
    assertEquals(List.of(25, 25, 25, 25, 3), sizes);
    assertEquals(1, loader(3, 25, true, List.of(), 1).batches());
    assertEquals(2, loader(50, 25, true, List.of(), 1).batches());
  }

  @Test
  void aSmallerLastBatchIsLeftOutIfAskedFor() {
    List<String> all = batches(loader(103, 25, true, STRONG, 1).epoch(2, 0));
    DataLoader loader = dropLast(103, 25);
    assertEquals(4, loader.batches());
    assertEquals(100, loader.images());
    assertEquals(all.subList(0, 4), batches(loader.epoch(2, 0)));
    assertEquals(all.subList(3, 4), batches(loader.epoch(2, 3)));
    assertEquals(List.of(), batches(loader.epoch(2, 4)));
    assertThrows(IllegalArgumentException.class, () -> loader.epoch(2, 5));
    assertEquals(50, dropLast(50, 25).images());
  }

  @Test
  void theOnlyBatchOfASmallDataSetIsKept() {
    DataLoader loader = dropLast(24, 25);
    assertEquals(24, loader.images());
    assertEquals(batches(loader(24, 25, true, STRONG, 1).epoch(0, 0)), batches(loader.epoch(0, 0)));
  }

  @Test
  void everyImageComesOnceInAnEpochWithItsLabel() {
    DataLoader loader = loader(100, 7, true, List.of(), 9);
    Set<Integer> seen = new HashSet<>();
    List<Integer> order = new ArrayList<>();
    try (Epoch epoch = loader.epoch(4, 0)) {
      for (Batch batch = epoch.next(); batch != null; batch = epoch.next()) {
        for (int i = 0; i < batch.size(); i++) {
          int index = Math.round(batch.images()[i * 63] * 255);
          assertEquals(index % 10, batch.labels()[i]);
          seen.add(index);
          order.add(index);
        }
      }
    }
    assertEquals(100, seen.size());
    assertNotEquals(IntStream.range(0, 100).boxed().toList(), order);
  }

  @Test
  void withoutShufflingImagesComeInTheirOrder() {
    try (Epoch epoch = loader(20, 20, false, List.of(), 1).epoch(3, 0)) {
      Batch batch = epoch.next();
      for (int i = 0; i < 20; i++) {
        assertEquals(i / 255f, batch.images()[i * 63], 1e-6f);
      }
    }
  }

  @Test
  void argumentsThatCannotBeAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> loader(10, 0, true, List.of(), 1));
    assertThrows(
        IllegalArgumentException.class, () -> loader(10, 2, true, List.of(), 1).epoch(0, 6));
  }
}
