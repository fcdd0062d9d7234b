package org.nin4j.server.protocol;

import org.nin4j.server.http.Exchange;
import org.nin4j.server.http.HttpError;
import org.nin4j.server.model.ServedModel;

/** The version in a path: of every model there is one, the one that answers now. */
final class ModelVersion {
  private ModelVersion() {}

  /**
   * Checks the version in a path, which is the second variable of its route.
   *
   * @throws HttpError 404 when it is another one
   */
  static void require(Exchange exchange) throws HttpError {
    if (!exchange.variable(1).equals(ServedModel.VERSION)) {
      throw HttpError.notFound(
          "every model has one version, " + ServedModel.VERSION + "; leave it out");
    }
  }
}
