package org.nin4j.server.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The largest values of an output as texts {@code value:index:label}, the largest first. */
final class Classification {
  private Classification() {}

  /**
   * {@return the texts of all images, one image after the other}
   *
   * @param values (N, classes), finite
   * @param labels the names of the classes
   * @param most how many for each image, at most as many as there are classes
   */
  static List<String> of(float[] values, List<String> labels, int most) {
    List<String> texts = new ArrayList<>();
    for (int row = 0; row < values.length; row += labels.size()) {
      int first = row;
      IntStream.range(0, labels.size())
          .boxed()
          .sorted((a, b) -> Float.compare(values[first + b], values[first + a]))
          .limit(most)
          .forEach(c -> texts.add(values[first + c] + ":" + c + ":" + labels.get(c)));
    }
    return texts;
  }
}
