package org.nin4j.server.protocol;

import org.nin4j.server.http.Exchange;
import org.nin4j.server.http.HttpError;

/** Of every model there is one version, the one that answers now. */
final class ModelVersion {
  /** Its name. */
  static final String ONLY = "1";

  private ModelVersion() {}

  /**
   * Checks the version in a path, which is the second variable of its route.
   *
   * @throws HttpError 404 when it is another one
   */
  static void require(Exchange exchange) throws HttpError {
    if (!exchange.variable(1).equals(ONLY)) {
      throw HttpError.notFound("every model has one version, " + ONLY + "; leave it out");
    }
  }
}
