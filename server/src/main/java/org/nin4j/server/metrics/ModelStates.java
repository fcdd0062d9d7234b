package org.nin4j.server.metrics;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.nin4j.server.model.LoadedModel;
import org.nin4j.server.model.ModelRepository;
import org.nin4j.server.model.ServedModel;

/** What the models and their threads are at the moment somebody looks. */
final class ModelStates {
  private final ModelRepository models;
  private final PrometheusRegistry registry;

  private ModelStates(ModelRepository models, PrometheusRegistry registry) {
    this.models = models;
    this.registry = registry;
  }

  static void register(ModelRepository models, PrometheusRegistry registry) {
    ModelStates states = new ModelStates(models, registry);
    states.gauge(
        "nin4j_inference_pending_request_count",
        "Inference requests that wait for a thread",
        ServedModel::waiting);
    states.gauge(
        "nin4j_inference_queue_capacity",
        "Inference requests that may wait for a thread",
        ServedModel::capacity);
    states.counter(
        "nin4j_model_reload_success",
        "Times that the model was loaded again",
        ServedModel::reloads);
    states.counter(
        "nin4j_model_reload_failure",
        "Times that the model could not be loaded again, so that the one before went on",
        ServedModel::failedReloads);
    GaugeWithCallback.builder()
        .name("nin4j_model_info")
        .help("The models that are served: always 1")
        .labelNames("model", "version", "sha256", "precision", "classes")
        .callback(gauge -> models.models().forEach(model -> describe(gauge, model)))
        .register(registry);
  }

  private void gauge(String name, String help, ToIntFunction<ServedModel> value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .labelNames("model", "version")
        .callback(
            gauge ->
                models
                    .models()
                    .forEach(
                        model ->
                            gauge.call(value.applyAsInt(model), model.name(), ServedModel.VERSION)))
        .register(registry);
  }

  private void counter(String name, String help, ToLongFunction<ServedModel> value) {
    CounterWithCallback.builder()
        .name(name)
        .help(help)
        .labelNames("model", "version")
        .callback(
            counter ->
                models
                    .models()
                    .forEach(
                        model ->
                            counter.call(
                                (double) value.applyAsLong(model),
                                model.name(),
                                ServedModel.VERSION)))
        .register(registry);
  }

  private static void describe(GaugeWithCallback.Callback gauge, ServedModel served) {
    LoadedModel model = served.current();
    gauge.call(
        1,
        served.name(),
        ServedModel.VERSION,
        model.source().sha256(),
        model.precision().toString(),
        Integer.toString(model.source().model().classes().size()));
  }
}
