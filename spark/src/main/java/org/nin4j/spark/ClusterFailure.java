package org.nin4j.spark;

import org.nin4j.engine.EngineException;

/** Finds the sentence in what Spark says about a job that has failed. */
final class ClusterFailure {
  private static final String MAX_RESULT_SIZE = "spark.driver.maxResultSize";

  private ClusterFailure() {}

  /**
   * Returns what to throw in the driver.
   *
   * @param what what the job was to do
   * @param thrown what Spark has thrown
   * @return an IllegalArgumentException if the data or the parameters are wrong
   */
  static RuntimeException of(String what, Throwable thrown) {
    String text = thrown.getMessage() == null ? "" : thrown.getMessage();
    if (text.contains(MAX_RESULT_SIZE)) {
      return new ClusterException(
          what
              + ": the results of its tasks are together larger than "
              + MAX_RESULT_SIZE
              + " allows; set it higher, or use fewer workers",
          thrown);
    }
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof IllegalArgumentException && cause != thrown) {
        return new IllegalArgumentException(cause.getMessage(), thrown);
      }
      if (cause instanceof EngineException || cause instanceof ClusterException) {
        return new ClusterException(what + ": " + cause.getMessage(), thrown);
      }
    }
    Throwable root = thrown;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return new ClusterException(what + " has failed: " + FirstLine.of(root), thrown);
  }
}
