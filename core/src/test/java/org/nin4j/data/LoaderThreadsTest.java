package org.nin4j.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nin4j.data.Loaders.STRONG;
import static org.nin4j.data.Loaders.batches;
import static org.nin4j.data.Loaders.loader;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The threads that prepare images, and what fails on them. */
class LoaderThreadsTest {
  @Test
  void theNumberOfThreadsDoesNotMatter() {
    MixedImages images = MixedImages.of(200, 3);
    DataLoaderBuilder builder =
        DataLoader.builder(images, Preprocessing.unit(3, 3, 7), 9)
            .sampling(Sampling.SHUFFLED)
            .augmentations(STRONG)
            .seed(4);
    List<String> alone = batches(builder.workers(1).build().epoch(1, 0));
    for (int workers : new int[] {2, 3, 8, 500}) {
      assertEquals(alone, batches(builder.workers(workers).build().epoch(1, 0)));
    }
    assertThrows(IllegalArgumentException.class, () -> builder.workers(0));
  }

  @Test
  void batchesAreReusedRatherThanAllocated() {
    DataLoader loader = loader(100, 5, true, STRONG, 1);
    Set<Batch> distinct = new HashSet<>();
    for (int e = 0; e < 3; e++) {
      try (Epoch epoch = loader.epoch(e, 0)) {
        for (Batch batch = epoch.next(); batch != null; batch = epoch.next()) {
          distinct.add(batch);
        }
      }
    }
    assertEquals(DataLoader.RING, distinct.size());
  }

  /** Of each two batches, one is used and the other filled. */
  @Test
  void noImageIsPreparedBeforeThereIsRoomForIt() throws InterruptedException {
    AtomicInteger reads = new AtomicInteger();
    ImageDataset counted =
        new Dots(100) {
          @Override
          public DecodedImage image(int index) {
            reads.incrementAndGet();
            return super.image(index);
          }
        };
    try (Epoch epoch =
        Loaders.create(counted, Preprocessing.unit(1, 5, 5), 10, false, List.of(), 1).epoch(0, 0)) {
      for (int taken = 1; taken <= 5; taken++) {
        assertEquals(10, epoch.next().size());
        int expected = 10 * (taken - 1) + 20;
        for (int i = 0; i < 1000 && reads.get() < expected; i++) {
          Thread.sleep(1);
        }
        assertEquals(expected, reads.get());
      }
      Thread.sleep(20);
      assertEquals(60, reads.get());
    }
  }

  @Test
  void onlyOneEpochIsOpenAtATime() {
    DataLoader loader = loader(100, 2, true, STRONG, 1);
    try (Epoch epoch = loader.epoch(0, 0)) {
      assertEquals(2, epoch.next().size());
      assertThrows(IllegalStateException.class, () -> loader.epoch(1, 0));
    }
  }

  @Test
  void closingInTheMiddleOfAnEpochLeavesNoThread() {
    DataLoader loader = loader(1000, 2, true, STRONG, 1);
    Epoch epoch = loader.epoch(0, 0);
    epoch.next();
    assertTrue(isThreadAlive());
    epoch.close();
    assertFalse(isThreadAlive());
    epoch.close();
    assertThrows(IllegalStateException.class, epoch::next);
    assertEquals(500, batches(loader.epoch(1, 0)).size());
    assertFalse(isThreadAlive());
  }

  @Test
  void anInterruptedReaderIsToldAndStaysInterrupted() {
    try (Epoch epoch = loader(100, 2, true, STRONG, 1).epoch(0, 0)) {
      Thread.currentThread().interrupt();
      assertThrows(CancellationException.class, epoch::next);
      assertTrue(Thread.interrupted());
      assertEquals(2, epoch.next().size(), "nothing was lost");
    }
    assertFalse(isThreadAlive());
  }

  @Test
  void whatFailsOnTheThreadIsThrownToTheReader() {
    RuntimeException cause = new IllegalStateException("image 6 is gone");
    ImageDataset broken =
        new Dots(10) {
          @Override
          public int label(int index) {
            if (index == 6) {
              throw cause;
            }
            return 0;
          }
        };
    DataLoader loader = Loaders.create(broken, Preprocessing.unit(1, 5, 5), 3, false, List.of(), 1);
    Epoch epoch = loader.epoch(0, 0);
    epoch.next();
    epoch.next();
    IllegalStateException thrown = assertThrows(IllegalStateException.class, epoch::next);
    assertEquals("cannot prepare images: image 6 is gone", thrown.getMessage());
    assertSame(cause, thrown.getCause());
    assertFalse(isThreadAlive());
  }

  /** Whichever thread is first to fail. */
  @Test
  void theFirstImageThatFailsIsTheOneThatIsTold() {
    ImageDataset broken =
        new Dots(1000) {
          @Override
          public DecodedImage image(int index) {
            if (index < 6) {
              return super.image(index);
            }
            if (index == 6) {
              sleep(); // so that others fail before
            }
            throw new IllegalStateException("image " + index + " is gone");
          }
        };
    for (int round = 0; round < 20; round++) {
      Epoch epoch =
          Loaders.create(broken, Preprocessing.unit(1, 5, 5), 4, false, List.of(), 1).epoch(0, 0);
      assertEquals(4, epoch.next().size());
      IllegalStateException thrown = assertThrows(IllegalStateException.class, epoch::next);
      assertEquals("cannot prepare images: image 6 is gone", thrown.getMessage());
      assertFalse(isThreadAlive());
    }
  }

  private static void sleep() {
    try {
      Thread.sleep(2);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void anImageThatCannotBeReadIsThrownToTheReaderAsSuch() {
    IOException cause = new IOException("cat.png: is empty");
    ImageDataset unreadable =
        new Dots(10) {
          @Override
          public DecodedImage image(int index) {
            throw new UncheckedIOException(cause);
          }
        };
    Epoch epoch = DataLoader.inOrder(unreadable, Preprocessing.unit(1, 5, 5), 3).epoch(0, 0);
    assertSame(cause, assertThrows(UncheckedIOException.class, epoch::next).getCause());
    assertFalse(isThreadAlive());
  }

  private static boolean isThreadAlive() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals("nin4j-data"));
  }
}
