package org.nin4j.train;

import java.io.IOException;

/** A checkpoint cannot be read as one; another may. */
final class DamagedCheckpointException extends IOException {
  private static final long serialVersionUID = 1;

  DamagedCheckpointException(String message, Throwable cause) {
    super(message, cause);
  }
}
