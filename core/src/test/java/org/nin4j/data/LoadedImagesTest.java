package org.nin4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.nin4j.data.Loaders.STRONG;
import static org.nin4j.data.Loaders.loader;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/** What a loader does to the images. */
class LoadedImagesTest {
  @Test
  void flipsTakeHalfOfTheImagesAndShiftsGoEachWayAlike() {
    DataLoader loader =
        Loaders.create(
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

  /** And so not of the batch, the order, or what was prepared before. */
  @Test
  void whatHappensToAnImageIsAFunctionOfSeedEpochAndIndex() {
    MixedImages images = MixedImages.of(50, 3);
    Preprocessing preprocessing = Preprocessing.unit(3, 4, 6);
    for (int e = 0; e < 2; e++) {
      for (int size : new int[] {1, 7, 50}) {
        for (boolean shuffle : new boolean[] {false, true}) {
          DataLoader loader = Loaders.create(images, preprocessing, size, shuffle, STRONG, 5);
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

  /** An image by {@link Loaders#STRONG} and seed 5, with nothing used before. */
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
        916670851L,
        checksum(Loaders.create(train, preprocessing, 100, false, both, 7).epoch(2, 0)));
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
}
