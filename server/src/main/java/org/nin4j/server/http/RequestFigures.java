package org.nin4j.server.http;

import java.util.Optional;
import org.eclipse.jetty.server.Request;
import org.nin4j.server.event.RequestOutcome;
import org.nin4j.server.event.RequestOutcome.Failure;

/** What is known of a request when it has ended. Written by whichever thread works for it. */
final class RequestFigures {
  private volatile long requestBytes;
  private volatile long queueNanos;
  private volatile long computeNanos;
  private volatile int images;

  /** Notes how long the body was. */
  void read(long bytes) {
    requestBytes = bytes;
  }

  /** Notes how long the work waited and took, and for how many images. */
  void worked(long queued, long computed, int count) {
    queueNanos = queued;
    computeNanos = computed;
    images = count;
  }

  /**
   * Returns all of it.
   *
   * @param failure null for a request that did not fail
   */
  RequestOutcome outcome(
      Request request, Optional<String> model, int status, Failure failure, long responseBytes) {
    return new RequestOutcome(
        request.getMethod(),
        String.valueOf(request.getHttpURI().getPath()),
        Request.getRemoteAddr(request),
        model,
        status,
        Optional.ofNullable(failure),
        images,
        requestBytes,
        responseBytes,
        queueNanos,
        computeNanos,
        System.nanoTime() - request.getBeginNanoTime(),
        RequestId.of(request));
  }
}
