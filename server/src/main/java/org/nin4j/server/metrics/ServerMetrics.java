package org.nin4j.server.metrics;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongSupplier;
import org.nin4j.server.event.RequestListener;
import org.nin4j.server.event.RequestOutcome;
import org.nin4j.server.model.ModelRepository;
import org.nin4j.server.model.ServedModel;

/**
 * The counters of one server, for Prometheus. Labels are the names of models that are served and
 * the statuses that the server sends, never a word of a client's.
 */
public final class ServerMetrics implements RequestListener {
  private static final int STATUSES = 600;

  private final ModelRepository models;
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final InferenceMetrics inference = new InferenceMetrics(registry);
  private final Counter responses;
  private final AtomicReferenceArray<CounterDataPoint> byStatus =
      new AtomicReferenceArray<>(STATUSES);

  /**
   * @param models the models of the server
   */
  public ServerMetrics(ModelRepository models) {
    this.models = models;
    responses =
        Counter.builder()
            .name("nin4j_http_responses")
            .help("Responses to requests of all kinds; 499 is a client that did not wait for one")
            .labelNames("status")
            .withoutExemplars()
            .register(registry);
    ModelStates.register(models, registry);
    gauge("nin4j_threads", "Threads that compute", models::threads);
    gauge("nin4j_threads_busy", "Threads that compute just now", models::busyThreads);
    ProcessMetrics.register(registry);
  }

  /**
   * Adds a number that goes up and down and is asked for when somebody looks.
   *
   * @param name such as {@code nin4j_http_connections}
   */
  public void gauge(String name, String help, LongSupplier value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(gauge -> gauge.call((double) value.getAsLong()))
        .register(registry);
  }

  /**
   * Adds a number that only grows and is asked for when somebody looks.
   *
   * @param name without {@code _total}, which the format adds
   */
  public void counter(String name, String help, LongSupplier value) {
    CounterWithCallback.builder()
        .name(name)
        .help(help)
        .callback(counter -> counter.call((double) value.getAsLong()))
        .register(registry);
  }

  @Override
  public void ended(RequestOutcome outcome) {
    response(outcome.status()).inc();
    if (outcome.isInference()) {
      inference.ended(outcome.model().get(), outcome);
    }
  }

  private CounterDataPoint response(int status) {
    CounterDataPoint counter = byStatus.get(status);
    if (counter == null) {
      counter = responses.labelValues(Integer.toString(status));
      byStatus.set(status, counter);
    }
    return counter;
  }

  /** Looks at all of it. A model that has not been asked yet is there with zeros. */
  MetricSnapshots scrape() {
    for (ServedModel model : models.models()) {
      inference.add(model.name());
    }
    return registry.scrape();
  }
}
