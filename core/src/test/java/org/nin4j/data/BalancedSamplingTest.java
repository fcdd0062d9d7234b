package org.nin4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Counts what is drawn from a data set of 50 images: 35, 1, 0, 10 and 4 of five classes. */
class BalancedSamplingTest {
  private static final int[] COUNTS = {35, 1, 0, 10, 4};
  private static final Preprocessing SHAPE = Preprocessing.unit(1, 3, 3);
  private static final List<Augmentation> STRONG =
      List.of(new RandomHorizontalFlip(), new RandomCrop(2));

  /** What a batch holds of one image. */
  private record Draw(
      int index, int repeat, int label, List<Float> pixels, int second, float ratio) {}

  @Test
  void everyClassIsDrawnEquallyOftenInEachEpochAndOverAll() {
    int[] sums = new int[COUNTS.length];
    for (int epoch = 0; epoch < 9; epoch++) {
      int[] counts = new int[COUNTS.length];
      List<Draw> draws = draws(loader(7, 2), epoch, 0);
      assertEquals(50, draws.size());
      for (Draw draw : draws) {
        assertEquals(new Skewed().label(draw.index), draw.label);
        counts[draw.label]++;
        sums[draw.label]++;
      }
      assertEquals(0, counts[2], "a class without images");
      assertEvenOverClasses(counts);
      assertEvenOverClasses(sums);
    }
  }

  private static void assertEvenOverClasses(int[] counts) {
    int[] sorted = {counts[0], counts[1], counts[3], counts[4]};
    Arrays.sort(sorted);
    assertTrue(sorted[3] - sorted[0] <= 1, Arrays.toString(counts));
  }

  @Test
  void theImagesOfAClassComeInTurn() {
    int[] sums = new int[50];
    for (int epoch = 0; epoch < 9; epoch++) {
      int[] counts = new int[50];
      for (Draw draw : draws(loader(7, 2), epoch, 0)) {
        counts[draw.index]++;
        sums[draw.index]++;
      }
      assertEvenWithinClasses(counts);
      assertEvenWithinClasses(sums);
    }
    // 9 x 12.5 draws of 35 images.
    assertTrue(IntStream.range(0, 35).allMatch(i -> sums[i] >= 3));
  }

  private static void assertEvenWithinClasses(int[] counts) {
    int first = 0;
    for (int size : COUNTS) {
      int[] sorted = Arrays.copyOfRange(counts, first, first + size);
      Arrays.sort(sorted);
      assertTrue(size == 0 || sorted[size - 1] - sorted[0] <= 1, Arrays.toString(sorted));
      first += size;
    }
  }

  @Test
  void anEpochIsAFunctionOfSeedAndNumber() {
    List<Draw> expected = draws(loader(7, 1), 3, 0);
    for (int workers : new int[] {2, 5}) {
      DataLoader loader = loader(7, workers);
      draws(loader, 8, 0);
      assertEquals(expected, draws(loader, 3, 0));
      for (int first = 0; first <= 8; first++) {
        List<Draw> rest = expected.subList(Math.min(50, 7 * first), 50);
        assertEquals(rest, draws(loader, 3, first), "from batch " + first);
      }
    }
    assertNotEquals(expected, draws(loader(7, 1), 4, 0));
    DataLoader other =
        DataLoader.builder(new Skewed(), SHAPE, 7).sampling(Sampling.BALANCED).seed(6).build();
    assertNotEquals(indices(expected), indices(draws(other, 3, 0)));
  }

  private static List<Integer> indices(List<Draw> draws) {
    return draws.stream().map(Draw::index).toList();
  }

  @Test
  void anImageThatComesAgainIsAugmentedAnewAndItsFirstTimeIsAsInAnyEpoch() {
    List<Draw> draws = draws(loader(7, 2), 3, 0);
    Map<Integer, List<Draw>> byImage = new HashMap<>();
    for (Draw draw : draws) {
      List<Draw> before = byImage.computeIfAbsent(draw.index, i -> new ArrayList<>());
      assertEquals(before.size(), draw.repeat);
      before.add(draw);
    }
    Set<List<Float>> looks = new HashSet<>();
    byImage.get(35).forEach(draw -> looks.add(draw.pixels));
    assertTrue(looks.size() > 6, "12 or 13 draws look in " + looks.size() + " ways");

    DataLoader plain =
        DataLoader.builder(new Skewed(), SHAPE, 50).augmentations(STRONG).seed(5).build();
    try (Epoch epoch = plain.epoch(3, 0)) {
      Batch batch = epoch.next();
      byImage.forEach(
          (index, drawn) -> assertEquals(pixels(batch, index), drawn.get(0).pixels, "" + index));
    }
  }

  @Test
  void imagesToMixInAreBalancedToo() {
    int[] seconds = new int[COUNTS.length];
    DataLoader loader =
        DataLoader.builder(new Skewed(), SHAPE, 50)
            .sampling(Sampling.BALANCED)
            .mixing(new Mixup(1))
            .build();
    for (int epoch = 0; epoch < 40; epoch++) {
      draws(loader, epoch, 0).forEach(draw -> seconds[draw.second]++);
    }
    for (int label : new int[] {0, 1, 3, 4}) {
      assertEquals(500, seconds[label], 60, "three standard deviations");
    }
  }

  @Test
  void classesOfEqualSizeAreDrawnAsByShuffling() {
    ImageDataset even =
        new Skewed() {
          @Override
          public int label(int index) {
            return index % 5;
          }
        };
    DataLoader loader = DataLoader.builder(even, SHAPE, 50).sampling(Sampling.BALANCED).build();
    int[] drawn = draws(loader, 2, 0).stream().mapToInt(Draw::index).toArray();
    int[] all = IntStream.range(0, 50).toArray();
    assertNotEquals(Arrays.toString(all), Arrays.toString(drawn));
    Arrays.sort(drawn);
    assertArrayEquals(all, drawn);
  }

  private static DataLoader loader(int batchSize, int workers) {
    return DataLoader.builder(new Skewed(), SHAPE, batchSize)
        .sampling(Sampling.BALANCED)
        .augmentations(STRONG)
        .seed(5)
        .workers(workers)
        .build();
  }

  private static List<Draw> draws(DataLoader loader, int number, int firstBatch) {
    List<Draw> draws = new ArrayList<>();
    try (Epoch epoch = loader.epoch(number, firstBatch)) {
      for (Batch batch = epoch.next(); batch != null; batch = epoch.next()) {
        for (int i = 0; i < batch.size(); i++) {
          draws.add(
              new Draw(
                  batch.indices()[i],
                  batch.repeats()[i],
                  batch.labels()[i],
                  pixels(batch, i),
                  batch.secondLabels()[i],
                  batch.ratios()[i]));
        }
      }
    }
    return draws;
  }

  private static List<Float> pixels(Batch batch, int i) {
    List<Float> pixels = new ArrayList<>();
    for (int p = 9 * i; p < 9 * (i + 1); p++) {
      pixels.add(batch.images()[p]);
    }
    return pixels;
  }

  /** Images of 3x3 different pixels, class after class. */
  private static class Skewed implements ImageDataset {
    @Override
    public String name() {
      return "skewed";
    }

    @Override
    public int size() {
      return 50;
    }

    @Override
    public int channels() {
      return 1;
    }

    @Override
    public List<String> classes() {
      return List.of("a", "b", "c", "d", "e");
    }

    @Override
    public int label(int index) {
      int label = 0;
      for (int left = index; left >= COUNTS[label]; label++) {
        left -= COUNTS[label];
      }
      return label;
    }

    @Override
    public DecodedImage image(int index) {
      byte[] pixels = new byte[9];
      for (int i = 0; i < 9; i++) {
        pixels[i] = (byte) (index + 10 * i);
      }
      return new DecodedImage(1, 3, 3, pixels);
    }
  }
}
