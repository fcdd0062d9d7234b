package org.nin4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CachedImagesTest {
  private static final int OVERHEAD = 64;
  private final AtomicInteger reads = new AtomicInteger();

  /** Images of 10x10 that are counted when they are read. */
  private final ImageDataset files =
      new ImageDataset() {
        @Override
        public String name() {
          return "files";
        }

        @Override
        public int size() {
          return 20;
        }

        @Override
        public int channels() {
          return 1;
        }

        @Override
        public List<String> classes() {
          return List.of("a", "b");
        }

        @Override
        public int label(int index) {
          return index % 2;
        }

        @Override
        public DecodedImage image(int index) {
          reads.incrementAndGet();
          byte[] pixels = new byte[100];
          pixels[0] = (byte) index;
          return new DecodedImage(1, 10, 10, pixels);
        }
      };

  @Test
  void whatFitsIsReadOnceAndTheRestEachTime() {
    for (int fitting : new int[] {0, 1, 7, 20, 100}) {
      reads.set(0);
      CachedImages cached = new CachedImages(files, fitting * (100L + OVERHEAD) + 99);
      for (int epoch = 0; epoch < 3; epoch++) {
        for (int i = 0; i < 20; i++) {
          assertArrayEquals(files.image(i).pixels(), cached.image(i).pixels());
          assertEquals(i % 2, cached.label(i));
        }
      }
      int kept = Math.min(fitting, 20);
      // 60 to compare with.
      assertEquals(60 + kept + 3 * (20 - kept), reads.get(), fitting + " fit");
    }
  }

  @Test
  void manyThreadsKeepNoMoreThanFits() {
    CachedImages cached = new CachedImages(files, 7 * (100L + OVERHEAD));
    DataLoader loader =
        DataLoader.builder(cached, Preprocessing.unit(1, 10, 10), 5).workers(4).build();
    for (int epoch = 0; epoch < 3; epoch++) {
      try (Epoch batches = loader.epoch(epoch, 0)) {
        for (Batch batch = batches.next(); batch != null; batch = batches.next()) {
          for (int i = 0; i < batch.size(); i++) {
            assertEquals(batch.indices()[i] / 255f, batch.images()[100 * i]);
          }
        }
      }
    }
    reads.set(0);
    for (int i = 0; i < 20; i++) {
      assertEquals(i, cached.image(i).pixels()[0]);
    }
    assertEquals(13, reads.get());
  }

  @Test
  void aBudgetIsNotNegative() {
    assertThrows(IllegalArgumentException.class, () -> new CachedImages(files, -1));
  }
}
