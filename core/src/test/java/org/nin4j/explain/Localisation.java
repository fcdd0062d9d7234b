package org.nin4j.explain;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.nin4j.data.DecodedImage;

/**
 * How well a method finds the objects of images.
 *
 * @param peaksInBox the part of the images where the map's largest pixel is in the object's box
 * @param deletions the part of the images where the background in place of the map's largest tenth
 *     of pixels lowers the probability more than in place of a random tenth
 */
record Localisation(double peaksInBox, double deletions) {
  /** A method to measure. */
  @FunctionalInterface
  interface Method {
    HeatMap map(DecodedImage image, int label);
  }

  /** Measures a method on the first images, each with its true class. */
  static Localisation of(Explainer explainer, CanvasDigits images, int count, Method method) {
    int peaks = 0;
    int deletions = 0;
    for (int i = 0; i < count; i++) {
      DecodedImage image = images.image(i);
      int label = images.label(i);
      float[] map = method.map(image, label).resized(images.side(), images.side());
      Integer[] order = descending(map);
      peaks += images.box(i).contains(order[0] / images.side(), order[0] % images.side()) ? 1 : 0;
      double top = probability(explainer, without(image, order), label);
      shuffle(order, i);
      deletions += top < probability(explainer, without(image, order), label) ? 1 : 0;
    }
    return new Localisation((double) peaks / count, (double) deletions / count);
  }

  /** The indices of the pixels, the largest first. */
  private static Integer[] descending(float[] map) {
    Integer[] order = IntStream.range(0, map.length).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparing((Integer pixel) -> -map[pixel]));
    return order;
  }

  private static void shuffle(Integer[] order, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      Integer swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
  }

  /** The image with the background in place of the first tenth of the pixels. */
  private static DecodedImage without(DecodedImage image, Integer[] order) {
    byte[] pixels = image.pixels().clone();
    for (int i = 0; i < pixels.length / 10; i++) {
      pixels[order[i]] = CanvasDigits.BACKGROUND;
    }
    return new DecodedImage(1, image.height(), image.width(), pixels);
  }

  private static double probability(Explainer explainer, DecodedImage image, int label) {
    return explainer.scores(image).get(label).probability();
  }
}
