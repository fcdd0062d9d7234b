package org.nin4j.interchange.onnx;

import org.nin4j.error.InvalidFileException;

/**
 * How many weights a network may have: as a few bytes can describe many (by one tensor in many
 * nodes, by large padding), the memory for them is bounded by the size of the files.
 */
final class ValueBudget {
  private static final long FREE = 4 << 20;

  private final long most;
  private long used;

  /**
   * @param bytes the size of the model's files
   */
  ValueBudget(long bytes) {
    most = bytes + FREE;
  }

  /**
   * @param values the number of weights of a layer
   */
  void add(OnnxNode node, long values) throws InvalidFileException {
    used += values;
    if (used > most) {
      throw node.invalid(
          "brings the network to "
              + used
              + " weights, which is many more than the file holds, because nodes share weights or"
              + " have large paddings");
    }
  }
}
