package org.nin4j.data;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.nin4j.internal.SplitMix64;

/**
 * Splits the images of a data set in two, class by class, so that both have the classes in the same
 * proportions. The split depends only on the seed, and on the label and the number of images of
 * each class; the images of a smaller held-out part are in a larger one too.
 *
 * @param kept indices of the images that remain, ascending
 * @param heldOut indices of the images that are held out, ascending
 */
record Holdout(List<Integer> kept, List<Integer> heldOut) {
  /**
   * Holds out a fraction of each class, rounded, but at least one image, and keeps at least one.
   *
   * @param part the fraction, above 0 and below 1
   * @throws IllegalArgumentException if a class has only one image; the message names it
   */
  static Holdout of(ImageDataset dataset, double part, long seed) {
    List<List<Integer>> byLabel =
        Stream.generate(() -> (List<Integer>) new ArrayList<Integer>())
            .limit(dataset.classes().size())
            .toList();
    for (int i = 0; i < dataset.size(); i++) {
      byLabel.get(dataset.label(i)).add(i);
    }
    boolean[] held = new boolean[dataset.size()];
    SplitMix64 random = new SplitMix64();
    for (int label = 0; label < byLabel.size(); label++) {
      List<Integer> indices = byLabel.get(label);
      if (indices.size() == 1) {
        throw new IllegalArgumentException(
            String.format(
                "the class '%s' has only one image, so none can be held out for validation; add"
                    + " images to the class, or provide validation images in a separate folder",
                dataset.classes().get(label)));
      }
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
}
