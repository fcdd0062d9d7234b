package org.nin4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class DataLoaderTest {
  private static final Preprocessing LARGER = Preprocessing.unit(1, 9, 7);
  private static final List<Augmentation> STRONG =
      List.of(new RandomHorizontalFlip(), new RandomCrop(2));

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
  void flipsTakeHalfOfTheImagesAndShiftsGoEachWayAlike() {
    DataLoader loader =
        create(
            new Dots(2000),
            Preprocessing.unit(1, 5, 5),
            2000,
            false,
            List.of(new RandomHorizontalFlip(), new RandomCrop(1)),
            3);
    Map<Integer, Integer> positions = new TreeMap<>();
    try (Epoch epoch = loader.epoch(0, 0)) {
      Batch batch = epoch.next();
      for (int i = 0; i < 2000; i++) {
        int at = 0;
        while (batch.images()[i * 25 + at] == 0) {
          at++;
        }
        positions.merge(at, 1, Integer::sum);
      }
    }
    // The dot at row 2, column 1 or, flipped, 3, moves by -1, 0, 1 each way: 2000 / 18 for each
    // but column 2, which both reach. Three standard deviations are 31 and 43.
    assertEquals(Set.of(5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19), positions.keySet());
    positions.forEach(
        (at, count) -> {
          boolean both = at % 5 == 2;
          assertEquals(both ? 222 : 111, count, both ? 43 : 31, "position " + at);
        });
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
  void onlyOneEpochIsOpenAtATime() {
    DataLoader loader = loader(100, 2, true, STRONG, 1);
    try (Epoch epoch = loader.epoch(0, 0)) {
      assertEquals(2, epoch.next().size());
      assertThrows(IllegalStateException.class, () -> loader.epoch(1, 0));
    }
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
    DataLoader loader = create(broken, Preprocessing.unit(1, 5, 5), 3, false, List.of(), 1);
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
      Epoch epoch = create(broken, Preprocessing.unit(1, 5, 5), 4, false, List.of(), 1).epoch(0, 0);
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
        create(counted, Preprocessing.unit(1, 5, 5), 10, false, List.of(), 1).epoch(0, 0)) {
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

  /** And so not of the batch, the order, or what was prepared before. */
  @Test
  void whatHappensToAnImageIsAFunctionOfSeedEpochAndIndex() {
    MixedImages images = MixedImages.of(50, 3);
    Preprocessing preprocessing = Preprocessing.unit(3, 4, 6);
    for (int e = 0; e < 2; e++) {
      for (int size : new int[] {1, 7, 50}) {
        for (boolean shuffle : new boolean[] {false, true}) {
          DataLoader loader = create(images, preprocessing, size, shuffle, STRONG, 5);
          try (Epoch epoch = loader.epoch(e, shuffle ? 1 : 0)) {
            for (Batch batch = epoch.next(); batch != null; batch = epoch.next()) {
              for (int i = 0; i < batch.size(); i++) {
                float[] found = Arrays.copyOfRange(batch.images(), i * 72, (i + 1) * 72);
                assertArrayEquals(alone(images, batch.indices()[i], preprocessing, e), found);
              }
            }
          }
        }
      }
    }
  }

  /** An image by {@link #STRONG} and seed 5, with nothing used before. */
  private static float[] alone(ImageDataset images, int index, Preprocessing how, int epoch) {
    ImageVisit visit = new ImageVisit(5, how);
    visit.begin(epoch, index, 0);
    ImageBuffer buffer = new ImageBuffer();
    buffer.load(images.image(index));
    STRONG.forEach(augmentation -> augmentation.apply(buffer, visit));
    float[] result = new float[72];
    new ImagePreprocessor(how)
        .apply(buffer.pixels(), buffer.channels(), buffer.height(), buffer.width(), result, 0);
    return result;
  }

  /** Trainings that were begun by former versions go on with the same images. */
  @Test
  void epochsOfTheSampleKeepTheirBits() {
    ImageDataset train = Datasets.sample().train();
    Preprocessing preprocessing =
        Preprocessing.unit(1, 12, 13).then(new Normalize(List.of(0.2861f), List.of(0.353f)));
    List<Augmentation> flip = List.of(new RandomHorizontalFlip());
    assertEquals(
        2117149682L, checksum(DataLoader.shuffled(train, preprocessing, 100, flip, 7).epoch(2, 0)));
    List<Augmentation> both = List.of(new RandomHorizontalFlip(), new RandomCrop(3));
    assertEquals(
        916670851L, checksum(create(train, preprocessing, 100, false, both, 7).epoch(2, 0)));
  }

  private static long checksum(Epoch epoch) {
    CRC32 crc = new CRC32();
    for (Batch batch = epoch.next(); batch != null; batch = epoch.next()) {
      ByteBuffer bytes = ByteBuffer.allocate(4 * batch.size() * (12 * 13 + 1));
      for (int i = 0; i < batch.size() * 12 * 13; i++) {
        bytes.putFloat(batch.images()[i]);
      }
      for (int i = 0; i < batch.size(); i++) {
        bytes.putInt(batch.labels()[i]);
      }
      crc.update(bytes.array());
    }
    return crc.getValue();
  }

  @Test
  void argumentsThatCannotBeAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> loader(10, 0, true, List.of(), 1));
    assertThrows(
        IllegalArgumentException.class, () -> loader(10, 2, true, List.of(), 1).epoch(0, 6));
  }

  private static DataLoader dropLast(int size, int batchSize) {
    return DataLoader.builder(images(size), LARGER, batchSize)
        .sampling(Sampling.SHUFFLED)
        .augmentations(STRONG)
        .seed(1)
        .dropLast(true)
        .build();
  }

  /** Images of 4x3; the first pixel of image i is i. */
  private static DataLoader loader(
      int size, int batchSize, boolean shuffle, List<Augmentation> augmentations, long seed) {
    return create(images(size), LARGER, batchSize, shuffle, augmentations, seed);
  }

  private static ImageDataset images(int size) {
    try {
      byte[] images = IdxBytes.images(size, 4, 3);
      byte[] labels = IdxBytes.labels(size);
      return new IdxDataset(
          "test",
          Idx.readImages(new ByteArrayInputStream(images), "images"),
          Idx.readLabels(new ByteArrayInputStream(labels), "labels", 10),
          Catalogue.FASHION_CLASSES);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DataLoader create(
      ImageDataset dataset,
      Preprocessing preprocessing,
      int batchSize,
      boolean shuffle,
      List<Augmentation> augmentations,
      long seed) {
    return DataLoader.builder(dataset, preprocessing, batchSize)
        .sampling(shuffle ? Sampling.SHUFFLED : Sampling.SEQUENTIAL)
        .augmentations(augmentations)
        .seed(seed)
        .workers(3)
        .build();
  }

  /** Each batch, written out to the last bit. */
  private static List<String> batches(Epoch epoch) {
    List<String> all = new ArrayList<>();
    for (Batch batch = epoch.next(); batch != null; batch = epoch.next()) {
      float[] images = Arrays.copyOf(batch.images(), batch.size() * 63);
      int[] labels = Arrays.copyOf(batch.labels(), batch.size());
      all.add(Arrays.toString(images) + Arrays.toString(labels));
    }
    return all;
  }

  private static boolean isThreadAlive() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals("nin4j-data"));
  }

  /** Images of 5x5 that are black but for row 2, column 1. */
  private static class Dots implements ImageDataset {
    private final int size;

    Dots(int size) {
      this.size = size;
    }

    @Override
    public String name() {
      return "dots";
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public int channels() {
      return 1;
    }

    @Override
    public List<String> classes() {
      return List.of("dot", "none");
    }

    @Override
    public int label(int index) {
      return 0;
    }

    @Override
    public DecodedImage image(int index) {
      byte[] pixels = new byte[25];
      pixels[11] = 1;
      return new DecodedImage(1, 5, 5, pixels);
    }
  }
}
