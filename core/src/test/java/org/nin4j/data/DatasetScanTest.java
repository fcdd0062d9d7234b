package org.nin4j.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DatasetScanTest {
  /** Checkpoints and models of former versions hold these. */
  @Test
  void theSampleKeepsItsFingerprintMeanAndDeviation() {
    DatasetScan scan = DatasetScan.of(Datasets.sample());
    assertEquals("10000x1x28x28-d568c73e+2000x1x28x28-4adfcd13", scan.fingerprint());
    assertEquals(
        Preprocessing.unit(1, 96, 64)
            .then(new Normalize(List.of(0.28786033f), List.of(0.35420728f))),
        scan.normalizing(96, 64));
  }

  @Test
  void everyImageIsReadOnce() {
    Counting train = new Counting(MixedImages.of(30, 3));
    Counting validation = new Counting(MixedImages.of(20, 3));
    Counting test = new Counting(MixedImages.of(10, 3));
    DatasetScan scan =
        DatasetScan.of(new DatasetSplits(train, Optional.of(validation), Optional.of(test)));
    assertEquals(3, scan.fingerprint().split("\\+").length);
    assertEquals(3, scan.normalizing(8, 8).channels());
    for (Counting each : List.of(train, validation, test)) {
      assertEquals(IntStream.range(0, each.size()).boxed().toList(), each.reads());
    }
  }

  @Test
  void ofImagesWithADigestTwoThousandAreLookedAtAndAlwaysTheSame() {
    Counting train = new Counting(new Digested(MixedImages.of(5000, 3), "train"));
    Counting test = new Counting(new Digested(MixedImages.of(10, 3), "test"));
    DatasetScan scan = DatasetScan.of(new DatasetSplits(train, test));
    assertEquals("5000x3xHxW-files-train+10x3xHxW-files-test", scan.fingerprint());
    assertEquals(List.of(), test.reads());
    assertEquals(2000, train.reads().stream().distinct().count());
    assertEquals(2000, train.reads().size());
    List<Integer> first = train.reads().stream().sorted().toList();
    assertEquals(2500, first.stream().mapToInt(i -> i).average().orElseThrow(), 100);
    train.reads().clear();
    assertEquals(
        scan.normalizing(5, 5), DatasetScan.of(new DatasetSplits(train, test)).normalizing(5, 5));
    assertEquals(first, train.reads().stream().sorted().toList());
    Normalize all = DatasetScan.of(new DatasetSplits(MixedImages.of(5000, 3), test)).normalize();
    for (int c = 0; c < 3; c++) {
      assertEquals(all.mean().get(c), scan.normalize().mean().get(c), 0.01);
    }
  }

  @Test
  void everyPixelCountsAlikeWhateverTheSizeOfItsImage() {
    ImageDataset images = MixedImages.of(40, 3);
    Normalize found = DatasetScan.of(new DatasetSplits(images, MixedImages.of(1, 3))).normalize();
    for (int c = 0; c < 3; c++) {
      double[] values = values(images, c);
      double mean = Arrays.stream(values).average().orElseThrow();
      double variance =
          Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
      assertEquals(mean, found.mean().get(c), 1e-6);
      assertEquals(Math.sqrt(variance), found.std().get(c), 1e-6);
    }
  }

  /** Of a channel, in [0, 1]. */
  private static double[] values(ImageDataset images, int channel) {
    double[] values = new double[0];
    for (int i = 0; i < images.size(); i++) {
      DecodedImage image = images.image(i);
      int area = image.height() * image.width();
      int start = values.length;
      values = Arrays.copyOf(values, start + area);
      for (int p = 0; p < area; p++) {
        values[start + p] = (image.pixels()[channel * area + p] & 0xFF) / 255.0;
      }
    }
    return values;
  }

  @Test
  void aChannelOfOneValueKeepsItsScale() {
    ImageDataset black = new Fixed(List.of(new DecodedImage(1, 2, 2, new byte[4])), 0);
    Normalize found = DatasetScan.of(new DatasetSplits(black, black)).normalize();
    assertEquals(new Normalize(List.of(0f), List.of(1f)), found);
  }

  @Test
  void pixelsLabelsAndSizesAllMatterToTheFingerprint() {
    DecodedImage lying = new DecodedImage(1, 2, 3, new byte[] {1, 2, 3, 4, 5, 6});
    DecodedImage standing = new DecodedImage(1, 3, 2, new byte[] {1, 2, 3, 4, 5, 6});
    DecodedImage other = new DecodedImage(1, 2, 3, new byte[] {1, 2, 3, 4, 5, 7});
    String first = fingerprint(0, lying, standing);
    assertTrue(first.startsWith("2x1xHxW-"), first);
    assertEquals(first, fingerprint(0, lying, standing));
    assertNotEquals(first, fingerprint(0, standing, lying));
    assertNotEquals(first, fingerprint(1, lying, standing));
    assertNotEquals(first, fingerprint(0, other, standing));
    assertNotEquals(fingerprint(0, lying), fingerprint(0, standing));
    assertTrue(fingerprint(0, lying).startsWith("1x1x2x3-"));
  }

  @Test
  void labelsBeyondAByteMatterToo() {
    DecodedImage image = new DecodedImage(1, 1, 1, new byte[1]);
    assertNotEquals(fingerprint(1, image), fingerprint(257, image));
  }

  @Test
  void anImageWithOtherChannelsThanItsDataSetIsNamed() {
    ImageDataset wrong = new Fixed(List.of(new DecodedImage(3, 1, 1, new byte[3])), 0);
    assertEquals(
        "image 0 of fixed has 3 channels, but the data set has 1",
        assertThrows(
                IllegalArgumentException.class,
                () -> DatasetScan.of(new DatasetSplits(wrong, wrong)))
            .getMessage());
  }

  private static String fingerprint(int label, DecodedImage... images) {
    ImageDataset dataset = new Fixed(List.of(images), label);
    return DatasetScan.of(new DatasetSplits(dataset, dataset)).fingerprint();
  }

  /** Grey images, all of one label. */
  private record Fixed(List<DecodedImage> images, int label) implements ImageDataset {
    @Override
    public String name() {
      return "fixed";
    }

    @Override
    public int size() {
      return images.size();
    }

    @Override
    public int channels() {
      return 1;
    }

    @Override
    public List<String> classes() {
      return MixedImages.named("", 1, 300).classes();
    }

    @Override
    public int label(int index) {
      return label;
    }

    @Override
    public DecodedImage image(int index) {
      return images.get(index);
    }
  }

  /** Images that are known by a digest. */
  private static final class Digested extends DelegatingDataset {
    private final String digest;

    Digested(ImageDataset all, String digest) {
      super(all);
      this.digest = digest;
    }

    @Override
    public Optional<String> contentDigest() {
      return Optional.of(digest);
    }
  }

  /** Notes the indices of the images that are read. */
  private static final class Counting extends DelegatingDataset {
    private final List<Integer> reads = Collections.synchronizedList(new ArrayList<>());

    Counting(ImageDataset all) {
      super(all);
    }

    List<Integer> reads() {
      return reads;
    }

    @Override
    public DecodedImage image(int index) {
      reads.add(index);
      return super.image(index);
    }
  }
}
