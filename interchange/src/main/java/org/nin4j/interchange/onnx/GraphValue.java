package org.nin4j.interchange.onnx;

import java.util.List;

/** What a name in a graph stands for. */
sealed interface GraphValue
    permits GraphValue.Activation, GraphValue.Constant, GraphValue.Unusable, Extents {
  /**
   * Numbers computed from the image.
   *
   * @param number how many nodes of the chain were before
   * @param dims the extents for one image, without the batch
   */
  record Activation(int number, List<Long> dims) implements GraphValue {}

  /**
   * Numbers of the file.
   *
   * @param values the numbers
   */
  record Constant(Values values) implements GraphValue {}

  /**
   * An output that nothing may use.
   *
   * @param what names it
   */
  record Unusable(String what) implements GraphValue {}
}
