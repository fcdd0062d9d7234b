package org.nin4j.server.metrics;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import org.nin4j.server.event.RequestOutcome;
import org.nin4j.server.event.RequestOutcome.Failure;
import org.nin4j.server.model.ServedModel;

/**
 * Counts the inference requests of all models, with the names, labels and meanings of the Triton
 * Inference Server behind a prefix of our own, and histograms that it has not.
 */
final class InferenceMetrics {
  private static final String PREFIX = "nin4j_inference_";
  private static final String[] LABELS = {"model", "version"};

  /** From 100 microseconds to 10 seconds, three steps to each power of ten. */
  private static final double[] SECONDS = {
    1e-4, 2e-4, 5e-4, 1e-3, 2e-3, 5e-3, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10
  };

  private static final double MICROSECONDS = 1e6;

  private final PrometheusRegistry registry;
  private final Histogram request;
  private final Histogram queue;
  private final Histogram compute;
  private final Counter images;
  private final Counter failures;
  private final Map<String, ModelMetrics> models = new ConcurrentHashMap<>();

  InferenceMetrics(PrometheusRegistry registry) {
    this.registry = registry;
    request =
        histogram(
            "request_seconds",
            "Time from the head of a request to the end of its response, of successful requests");
    queue = histogram("queue_seconds", "Time that requests waited for a thread");
    compute =
        histogram(
            "compute_seconds",
            "Time that a thread worked for a request, with decoding and preprocessing");
    images =
        Counter.builder()
            .name(PREFIX + "count")
            .help("Images computed")
            .labelNames(LABELS)
            .withoutExemplars()
            .register(registry);
    failures =
        Counter.builder()
            .name(PREFIX + "request_failure")
            .help("Inference requests that were not answered as asked")
            .labelNames("model", "version", "reason")
            .withoutExemplars()
            .register(registry);
    // What the histograms know already is not counted twice.
    total("request_success", "Successful inference requests", one -> one.request().getCount());
    total("exec_count", "Inference requests computed", one -> one.compute().getCount());
    total(
        "request_duration_us",
        "Microseconds from head to response, of successful requests",
        one -> one.request().getSum() * MICROSECONDS);
    total(
        "queue_duration_us",
        "Microseconds that requests waited for a thread",
        one -> one.queue().getSum() * MICROSECONDS);
    total(
        "compute_infer_duration_us",
        "Microseconds that threads worked for requests",
        one -> one.compute().getSum() * MICROSECONDS);
  }

  private Histogram histogram(String name, String help) {
    return Histogram.builder()
        .name(PREFIX + name)
        .help(help)
        .labelNames(LABELS)
        .classicOnly()
        .classicUpperBounds(SECONDS)
        .withoutExemplars()
        .register(registry);
  }

  private void total(String name, String help, ToDoubleFunction<ModelMetrics> value) {
    CounterWithCallback.builder()
        .name(PREFIX + name)
        .help(help)
        .labelNames(LABELS)
        .callback(
            counter ->
                models.forEach(
                    (model, metrics) ->
                        counter.call(value.applyAsDouble(metrics), model, ServedModel.VERSION)))
        .register(registry);
  }

  /**
   * Makes the counters of a model, all zero, unless it has some already.
   *
   * @param model the name of a model that is served; no other name becomes a label
   */
  void add(String model) {
    models.computeIfAbsent(model, this::create);
  }

  private ModelMetrics create(String model) {
    Map<Failure, CounterDataPoint> byReason = new EnumMap<>(Failure.class);
    for (Failure reason : Failure.values()) {
      byReason.put(reason, failures.labelValues(model, ServedModel.VERSION, reason.name()));
    }
    return new ModelMetrics(
        request.labelValues(model, ServedModel.VERSION),
        queue.labelValues(model, ServedModel.VERSION),
        compute.labelValues(model, ServedModel.VERSION),
        images.labelValues(model, ServedModel.VERSION),
        byReason);
  }

  /** Counts a request for a model that is served. */
  void ended(String model, RequestOutcome outcome) {
    ModelMetrics metrics = models.get(model);
    if (metrics == null) {
      metrics = models.computeIfAbsent(model, this::create);
    }
    metrics.ended(outcome);
  }
}
