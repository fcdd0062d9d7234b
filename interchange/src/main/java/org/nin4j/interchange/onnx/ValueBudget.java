package org.nin4j.interchange.onnx;

import org.nin4j.error.InvalidFileException;
import org.nin4j.interchange.internal.ValueLimit;

/**
 * How many weights a network may have: as a few bytes can describe many (by one tensor in many
 * nodes, by large padding), the memory for them is bounded by the size of the files. So is the time
 * for pools.
 */
final class ValueBudget {
  /** Rows and columns of windows; pools of networks have some hundreds. */
  private static final long MOST_WINDOWS = 1 << 20;

  private final ValueLimit limit;
  private long used;
  private long windows;

  /**
   * @param bytes the size of the model's files
   */
  ValueBudget(long bytes) {
    limit = new ValueLimit(bytes);
  }

  /**
   * @param values the number of weights of a layer
   */
  void add(OnnxNode node, long values) throws InvalidFileException {
    used += values;
    if (!limit.allows(used)) {
      throw node.invalid(
          "brings the network to "
              + used
              + " weights, which is many more than the file holds, because nodes share weights or"
              + " have large paddings");
    }
  }

  /**
   * @param count the rows and columns of windows of a pool, each of which is looked at
   */
  void addWindows(OnnxNode node, long count) throws InvalidFileException {
    windows += count;
    if (windows > MOST_WINDOWS) {
      throw node.invalid(
          "brings the pools to " + windows + " rows and columns, and no network has as many");
    }
  }
}
