package org.nin4j.server.event;

import java.util.Optional;

/**
 * What became of a request, told to a {@link RequestListener} once its response is written or its
 * client has gone.
 *
 * @param method such as POST
 * @param path the path without the query, as the client sent it
 * @param client the address of the client
 * @param model the name of the model that was asked; empty for other requests
 * @param status of the response; 499 when the client had gone
 * @param failure why the request was not answered as asked; empty for success
 * @param images how many images were computed
 * @param requestBytes length of the body that was read, in bytes
 * @param responseBytes length of the response's body, in bytes
 * @param queueNanos how long the work waited for a thread; 0 when there was none
 * @param computeNanos how long a thread worked; 0 when there was no work
 * @param totalNanos from the first byte of the request to the end of the response
 * @param requestId what the client called the request in the header {@code X-Request-Id}, if that
 *     is 1 to 128 visible ASCII characters
 */
public record RequestOutcome(
    String method,
    String path,
    String client,
    Optional<String> model,
    int status,
    Optional<Failure> failure,
    int images,
    long requestBytes,
    long responseBytes,
    long queueNanos,
    long computeNanos,
    long totalNanos,
    Optional<String> requestId) {

  /** Why a request was not answered as asked. */
  public enum Failure {
    /** The request was wrong. */
    BAD_REQUEST,
    /** There was no place for it. */
    REJECTED,
    /** It waited longer than it may. */
    EXPIRED,
    /** Its client went away. */
    CANCELED,
    /** The model or the server failed. */
    INTERNAL
  }

  /** {@return whether a model was asked to compute, and not only about itself} */
  public boolean isInference() {
    return model.isPresent() && method.equals("POST");
  }

  /**
   * Replaces what was asked, such as by something shorter.
   *
   * @param otherMethod the method to tell instead
   * @param otherPath the path to tell instead
   * @return the same outcome otherwise
   */
  public RequestOutcome withMethodAndPath(String otherMethod, String otherPath) {
    return new RequestOutcome(
        otherMethod,
        otherPath,
        client,
        model,
        status,
        failure,
        images,
        requestBytes,
        responseBytes,
        queueNanos,
        computeNanos,
        totalNanos,
        requestId);
  }
}
