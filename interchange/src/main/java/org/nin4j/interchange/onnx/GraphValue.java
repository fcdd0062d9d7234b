package org.nin4j.interchange.onnx;

import java.util.List;

/** What a name in a graph stands for. */
sealed interface GraphValue {
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
   * A list of extents, or one of them, that was computed from the shape of an activation.
   *
   * @param extents {@link #BATCH} stands for the number of images, if that is not fixed
   * @param isScalar whether it is one of them, not a list
   */
  record Extents(List<Long> extents, boolean isScalar) implements GraphValue {
    static final long BATCH = Long.MIN_VALUE;
  }

  /**
   * An output that nothing may use.
   *
   * @param what names it
   */
  record Unusable(String what) implements GraphValue {}
}
