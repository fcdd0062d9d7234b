package org.nin4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.nin4j.internal.SplitMix64;

class RandomAffineTest {
  /** The new pixel is a sum over all old ones, weighted by their distances along each axis. */
  @Test
  void pixelsComeFromWhereTheInverseOfTheMatrixPoints() {
    for (int i = 0; i < 200; i++) {
      DecodedImage image = MixedImages.of(200, i % 2 == 0 ? 1 : 3).image(i);
      RandomAffine affine = new RandomAffine(1.8 * (i % 100), 0.01 * (i % 70), new Range(0.5, 2));
      SplitMix64 same = Augmented.random(0, i);
      double angle = Math.toRadians(draw(same, affine.degrees()));
      double right = Math.rint(draw(same, affine.translate() * image.width()));
      double down = Math.rint(draw(same, affine.translate() * image.height()));
      double scale = 0.5 + 1.5 * same.nextDouble();
      double[][] forward = {
        {scale * Math.cos(angle), -scale * Math.sin(angle)},
        {scale * Math.sin(angle), scale * Math.cos(angle)}
      };
      double determinant = forward[0][0] * forward[1][1] - forward[0][1] * forward[1][0];
      ImageVisit visit = Augmented.visit(0, i);
      DecodedImage found = Augmented.apply(affine, image, visit);
      assertEquals(same.next(), visit.random().nextLong(), "four numbers were drawn");
      for (int y = 0; y < image.height(); y++) {
        for (int x = 0; x < image.width(); x++) {
          double u = x + 0.5 - image.width() / 2.0 - right;
          double v = y + 0.5 - image.height() / 2.0 - down;
          double fromX = (forward[1][1] * u - forward[0][1] * v) / determinant;
          double fromY = (forward[0][0] * v - forward[1][0] * u) / determinant;
          for (int c = 0; c < image.channels(); c++) {
            double expected =
                sum(image, c, fromY + image.height() / 2.0, fromX + image.width() / 2.0);
            int pixel = Augmented.pixel(found, c, y, x);
            assertEquals(expected, pixel, 0.5 + 1e-9, "image " + i + ": " + y + ", " + x);
          }
        }
      }
    }
  }

  @Test
  void withoutAngleMoveAndScaleNothingChanges() {
    DecodedImage image = MixedImages.of(35, 3).image(34);
    DecodedImage same = Augmented.apply(RandomAffine.rotation(0), image, Augmented.visit(0, 0));
    assertArrayEquals(image.pixels(), same.pixels());
  }

  @Test
  void valuesThatCannotBeAreRefused() {
    Range one = new Range(1, 1);
    assertThrows(IllegalArgumentException.class, () -> RandomAffine.rotation(181));
    assertThrows(IllegalArgumentException.class, () -> RandomAffine.rotation(Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> new RandomAffine(0, 1.1, one));
    assertThrows(IllegalArgumentException.class, () -> new RandomAffine(0, -0.1, one));
  }

  private static double draw(SplitMix64 random, double most) {
    return -most + 2 * most * random.nextDouble();
  }

  private static double sum(DecodedImage image, int channel, double y, double x) {
    double sum = 0;
    for (int row = 0; row < image.height(); row++) {
      for (int column = 0; column < image.width(); column++) {
        double weight =
            Math.max(0, 1 - Math.abs(row + 0.5 - y)) * Math.max(0, 1 - Math.abs(column + 0.5 - x));
        sum += weight * Augmented.pixel(image, channel, row, column);
      }
    }
    return sum;
  }
}
