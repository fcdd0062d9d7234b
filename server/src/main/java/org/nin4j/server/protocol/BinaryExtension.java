package org.nin4j.server.protocol;

import org.nin4j.server.http.Exchange;
import org.nin4j.server.http.HttpError;

/** Bodies of which only the first part is JSON, and the rest are the bytes of tensors. */
final class BinaryExtension {
  /** The header, of requests and responses, that tells how long the JSON is. */
  static final String HEADER = "Inference-Header-Content-Length";

  /** The type of such responses. */
  static final String CONTENT_TYPE = "application/octet-stream";

  private BinaryExtension() {}

  /**
   * {@return how many bytes of a request's body are JSON: all of them without the header}
   *
   * @throws HttpError when the header is not a number of bytes, or there are fewer
   */
  static int jsonLength(Exchange exchange, int bodyLength) throws HttpError {
    String header = exchange.header(HEADER).orElse(null);
    if (header == null) {
      return bodyLength;
    }
    int length = -1;
    try {
      length = header.startsWith("+") ? -1 : Integer.parseUnsignedInt(header);
    } catch (NumberFormatException e) {
      // said below
    }
    if (length < 0 || length > bodyLength) {
      throw HttpError.badRequest(
          "the header "
              + HEADER
              + " must be the length of the JSON in bytes, at most the "
              + bodyLength
              + " of the body");
    }
    return length;
  }
}
