package org.nin4j.server.metrics;

import java.util.Optional;
import org.nin4j.server.event.RequestOutcome;
import org.nin4j.server.event.RequestOutcome.Failure;

/** Requests that have ended. */
final class Outcomes {
  private Outcomes() {}

  /** One image computed: 1 ms in the line, 2 ms on a thread, 4 ms in all. */
  static RequestOutcome success(String model) {
    return new RequestOutcome(
        "POST",
        "/v2/models/" + model + "/infer",
        "127.0.0.1",
        Optional.of(model),
        200,
        Optional.empty(),
        1,
        100,
        50,
        1_000_000,
        2_000_000,
        4_000_000,
        Optional.of("id-1"));
  }

  /** Something that no model was asked for. */
  static RequestOutcome wrong(String method, String path) {
    return new RequestOutcome(
        method,
        path,
        "127.0.0.1",
        Optional.empty(),
        404,
        Optional.of(Failure.BAD_REQUEST),
        0,
        0,
        50,
        0,
        0,
        1_000_000,
        Optional.empty());
  }
}
