package org.nin4j.interchange.caffe;

import java.util.ArrayList;
import java.util.List;
import org.nin4j.internal.Quoted;

/**
 * A blob that a program fills, by the fields {@code input} and {@code input_shape}, or {@code
 * input_dim}, of a network.
 *
 * @param dims its extents, outermost first
 */
record InputBlob(String name, List<Long> dims) {
  private static final int IMAGE_DIMS = 4;

  /**
   * @throws IllegalArgumentException when a blob has no extents
   */
  static List<InputBlob> of(CaffeMessage net) {
    List<String> names = net.texts("input");
    List<CaffeMessage> shapes = net.messages("input_shape");
    List<Long> dims = net.numbers("input_dim");
    List<InputBlob> inputs = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      int from = IMAGE_DIMS * i;
      if (i < shapes.size()) {
        inputs.add(new InputBlob(names.get(i), shapes.get(i).numbers("dim")));
      } else if (shapes.isEmpty() && from + IMAGE_DIMS <= dims.size()) {
        inputs.add(new InputBlob(names.get(i), dims.subList(from, from + IMAGE_DIMS)));
      } else {
        throw new IllegalArgumentException(
            "does not say the size of input "
                + Quoted.text(names.get(i))
                + "; add its input_shape, or four input_dim");
      }
    }
    return inputs;
  }
}
