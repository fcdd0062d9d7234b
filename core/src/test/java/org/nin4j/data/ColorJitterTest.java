package org.nin4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.nin4j.internal.SplitMix64;

class ColorJitterTest {
  private final Set<List<Integer>> orders = new HashSet<>();

  @Test
  void theThreeChangesAreBlendsInTheDrawnOrder() {
    for (int i = 0; i < 300; i++) {
      DecodedImage image = MixedImages.of(300, i % 2 == 0 ? 1 : 3).image(i);
      ColorJitter jitter = new ColorJitter(0.1 * (i % 15), 0.4, 0.1 * (i % 13));
      ImageVisit visit = Augmented.visit(0, i);
      SplitMix64 same = Augmented.random(0, i);
      byte[] expected = jittered(jitter, image, same);
      assertArrayEquals(expected, Augmented.apply(jitter, image, visit).pixels(), "image " + i);
      assertEquals(same.next(), visit.random().nextLong(), "five numbers were drawn");
    }
    assertEquals(6, orders.size());
  }

  @Test
  void valuesOfZeroChangeNothing() {
    DecodedImage image = MixedImages.of(35, 3).image(34);
    ColorJitter none = new ColorJitter(0, 0, 0);
    for (int i = 0; i < 20; i++) {
      DecodedImage found = Augmented.apply(none, image, Augmented.visit(0, i));
      assertArrayEquals(image.pixels(), found.pixels());
    }
  }

  @Test
  void valuesThatCannotBeAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new ColorJitter(-0.1, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new ColorJitter(0, Double.NaN, 0));
    assertThrows(
        IllegalArgumentException.class, () -> new ColorJitter(0, 0, Double.POSITIVE_INFINITY));
  }

  private byte[] jittered(ColorJitter jitter, DecodedImage image, SplitMix64 random) {
    List<Integer> left = new ArrayList<>(List.of(0, 1, 2));
    int first = left.get(random.below(3));
    List<Integer> order = new ArrayList<>(List.of(first));
    order.add((first + 1 + random.below(2)) % 3);
    left.removeAll(order);
    order.addAll(left);
    orders.add(order);
    float[] factors = new float[3];
    double[] most = {jitter.brightness(), jitter.contrast(), jitter.saturation()};
    for (int k = 0; k < 3; k++) {
      double least = Math.max(0, 1 - most[k]);
      factors[k] = (float) (least + (1 + most[k] - least) * random.nextDouble());
    }
    int area = image.height() * image.width();
    int[] pixels = new int[image.pixels().length];
    for (int p = 0; p < pixels.length; p++) {
      pixels[p] = image.pixels()[p] & 0xFF;
    }
    for (int change : order) {
      int[] grey = new int[area];
      double mean = 0.5;
      for (int p = 0; p < area; p++) {
        grey[p] =
            image.channels() == 1
                ? pixels[p]
                : Luma.of(pixels[p], pixels[area + p], pixels[2 * area + p]);
        mean += (double) grey[p] / area;
      }
      for (int p = 0; p < pixels.length; p++) {
        int[] with = {0, (int) (mean + 1e-12), grey[p % area]};
        float blended = with[change] + factors[change] * (pixels[p] - with[change]);
        pixels[p] = blended <= 0 ? 0 : blended >= 255 ? 255 : (int) Math.floor(blended);
      }
    }
    byte[] bytes = new byte[pixels.length];
    for (int p = 0; p < bytes.length; p++) {
      bytes[p] = (byte) pixels[p];
    }
    return bytes;
  }
}
