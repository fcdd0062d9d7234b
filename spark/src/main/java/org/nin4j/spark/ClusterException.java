package org.nin4j.spark;

/** A job on the cluster has failed. The message is one sentence. */
final class ClusterException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ClusterException(String message, Throwable cause) {
    super(message, cause);
  }
}
