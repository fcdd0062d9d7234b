package org.nin4j.data;

import java.util.Arrays;
import java.util.List;
import org.nin4j.internal.SplitMix64;

/** Applies augmentations to images in tests, with seed 7. */
final class Augmented {
  static final long SEED = 7;

  private Augmented() {}

  /** A visit to an image, for a network with three channels of different means. */
  static ImageVisit visit(int epoch, int index) {
    return visit(epoch, index, 0);
  }

  static ImageVisit visit(int epoch, int index, int repeat) {
    Preprocessing preprocessing =
        Preprocessing.unit(3, 1, 1)
            .then(new Normalize(List.of(0.1f, 0.5f, 0.9f), List.of(1f, 1f, 1f)));
    ImageVisit visit = new ImageVisit(SEED, preprocessing);
    visit.begin(epoch, index, repeat);
    return visit;
  }

  /** The random numbers that such a visit draws. */
  static SplitMix64 random(int epoch, int index) {
    SplitMix64 random = new SplitMix64();
    random.seed(SEED, epoch, index + 1);
    return random;
  }

  static DecodedImage apply(Augmentation augmentation, DecodedImage image, ImageVisit visit) {
    byte[] before = image.pixels().clone();
    ImageBuffer buffer = new ImageBuffer();
    buffer.load(image);
    augmentation.apply(buffer, visit);
    if (!Arrays.equals(before, image.pixels())) {
      throw new AssertionError("the data set's own pixels were changed");
    }
    int length = buffer.channels() * buffer.height() * buffer.width();
    return new DecodedImage(
        buffer.channels(), buffer.height(), buffer.width(), Arrays.copyOf(buffer.pixels(), length));
  }

  static int pixel(DecodedImage image, int channel, int y, int x) {
    return image.pixels()[(channel * image.height() + y) * image.width() + x] & 0xFF;
  }
}
