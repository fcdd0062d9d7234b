package org.nin4j.server.metrics;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import java.util.Map;
import org.nin4j.server.event.RequestOutcome;
import org.nin4j.server.event.RequestOutcome.Failure;

/**
 * The counters of one model, found once, so that counting a request searches for no label.
 *
 * @param request seconds from the head of a request to the end of its response, if it was answered
 *     as asked
 * @param queue seconds that work waited for a thread, if it was computed
 * @param compute seconds that a thread worked for a request
 * @param images images that were computed
 * @param failures requests that were not answered as asked
 */
record ModelMetrics(
    DistributionDataPoint request,
    DistributionDataPoint queue,
    DistributionDataPoint compute,
    CounterDataPoint images,
    Map<Failure, CounterDataPoint> failures) {
  private static final double NANOS = 1e9;

  void ended(RequestOutcome outcome) {
    if (outcome.failure().isPresent()) {
      failures.get(outcome.failure().get()).inc();
    } else {
      request.observe(outcome.totalNanos() / NANOS);
    }
    if (outcome.images() > 0) { // also for a client that left before it had its answer
      images.inc(outcome.images());
      queue.observe(outcome.queueNanos() / NANOS);
      compute.observe(outcome.computeNanos() / NANOS);
    }
  }
}
