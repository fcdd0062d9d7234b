package org.nin4j.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nin4j.internal.Quoted;
import org.nin4j.internal.SplitMix64;

/**
 * Splits the images of a data set in two, class by class, so that both have the classes in the same
 * proportions. The split depends only on the seed, and on the label and the number of images of
 * each class; the images of a smaller held-out part are in a larger one too.
 *
 * @param kept indices of the images that remain, ascending
 * @param heldOut indices of the images that are held out, ascending
 */
public record Holdout(List<Integer> kept, List<Integer> heldOut) {
  /**
   * Holds out a fraction of each class, rounded, but at least one image, and keeps at least one.
   *
   * @param dataset the data set; only its labels are read
   * @param part the fraction, above 0 and below 1
   * @param seed decides which images are held out
   * @return the indices of the images of both parts
   * @throws IllegalArgumentException if a class has only one image; the message names the first
   */
  public static Holdout of(ImageDataset dataset, double part, long seed) {
    List<List<Integer>> byLabel =
        Stream.generate(() -> (List<Integer>) new ArrayList<Integer>())
            .limit(dataset.classes().size())
            .toList();
    for (int i = 0; i < dataset.size(); i++) {
      byLabel.get(dataset.label(i)).add(i);
    }
    requireTwoOfEach(dataset.classes(), byLabel.stream().mapToInt(List::size).toArray());
    boolean[] held = new boolean[dataset.size()];
    SplitMix64 random = new SplitMix64();
    for (int label = 0; label < byLabel.size(); label++) {
      List<Integer> indices = byLabel.get(label);
      int count = Math.min(indices.size() - 1, (int) Math.max(1, Math.rint(indices.size() * part)));
      random.seed(seed, label, indices.size());
      for (int i = 0; i < count && !indices.isEmpty(); i++) {
        int j = i + random.below(indices.size() - i);
        int chosen = indices.get(j);
        indices.set(j, indices.get(i));
        held[chosen] = true;
      }
    }
    List<Integer> kept = new ArrayList<>();
    List<Integer> heldOut = new ArrayList<>();
    for (int i = 0; i < held.length; i++) {
      (held[i] ? heldOut : kept).add(i);
    }
    return new Holdout(kept, heldOut);
  }

  /**
   * Requires that no class has only one image, of which none could be held out.
   *
   * @param counts the number of images of each class
   * @throws IllegalArgumentException if a class has only one; the message names the first
   */
  static void requireTwoOfEach(List<String> classes, int[] counts) {
    List<String> single =
        IntStream.range(0, counts.length)
            .filter(label -> counts[label] == 1)
            .mapToObj(classes::get)
            .toList();
    if (!single.isEmpty()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the class %s has only one image%s, so none can be held out for validation; add"
                  + " images to the class, or provide validation images in a separate folder",
              Quoted.text(single.get(0)),
              single.size() == 1
                  ? ""
                  : String.format(
                      Locale.ROOT,
                      ", as %,d of the %,d classes have",
                      single.size(),
                      classes.size())));
    }
  }
}
