package org.nin4j.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.nin4j.server.classify.ClassifyEndpoint;
import org.nin4j.server.connection.PeriodicScan;
import org.nin4j.server.event.RequestListener;
import org.nin4j.server.http.Admission;
import org.nin4j.server.http.ExchangeContext;
import org.nin4j.server.http.MemoryBudget;
import org.nin4j.server.http.RequestCheck;
import org.nin4j.server.http.Router;
import org.nin4j.server.limits.ServerLimits;
import org.nin4j.server.metrics.MetricsEndpoint;
import org.nin4j.server.metrics.ServerMetrics;
import org.nin4j.server.model.ModelRepository;
import org.nin4j.server.openapi.OpenApiEndpoint;
import org.nin4j.server.page.PageEndpoints;
import org.nin4j.server.protocol.HealthEndpoints;
import org.nin4j.server.protocol.InferEndpoint;
import org.nin4j.server.protocol.MetadataEndpoints;

/**
 * All routes of the server as a handler of Jetty's, for a program that has a Jetty server of its
 * own: alone, or in a {@link org.eclipse.jetty.server.handler.ContextHandler} for a path of its
 * own.
 *
 * <pre>{@code
 * ModelRepository models = new ModelRepository(2, 100);
 * models.add("shoes", Path.of("model.safetensors"), ImportOptions.none());
 * server.setHandler(new InferenceHandler(models, ServerLimits.defaults()));
 * }</pre>
 *
 * <p>It never blocks a thread of Jetty's, and starts none of its own but those of the repository,
 * which the host closes after its server has stopped: stopping the server does not. A handler is a
 * part of one server; several handlers may share a repository. {@link #drain} is for good, also if
 * the host starts its server again. Limits on connections are the host's, as are TLS and
 * authentication; {@link NinServer} brings them along.
 */
public final class InferenceHandler extends Handler.Abstract.NonBlocking {
  private final Router router = new Router();
  private final PeriodicScan scan = new PeriodicScan();
  private final ExchangeContext context;
  private final Admission admission;
  private final ServerMetrics metrics;

  /**
   * Makes a handler.
   *
   * @param models the models to serve, of which there may be none yet; the caller closes them after
   *     the server has stopped
   * @param limits what to refuse
   */
  public InferenceHandler(ModelRepository models, ServerLimits limits) {
    this(models, limits, List.of());
  }

  /**
   * Makes a handler whose requests a program wants to know of.
   *
   * @param models the models to serve; the caller closes them after the server has stopped
   * @param limits what to refuse
   * @param listeners receive the outcome of every request, in this order
   */
  public InferenceHandler(
      ModelRepository models, ServerLimits limits, List<RequestListener> listeners) {
    this(models, limits, RequestCheck.NONE, listeners);
  }

  InferenceHandler(
      ModelRepository models,
      ServerLimits limits,
      RequestCheck access,
      List<RequestListener> listeners) {
    Objects.requireNonNull(limits, "limits");
    metrics = new ServerMetrics(Objects.requireNonNull(models, "models"));
    List<RequestListener> all = new ArrayList<>(listeners);
    all.add(metrics);
    RequestListener listener = outcome -> all.forEach(each -> each.ended(outcome));
    admission = new Admission(limits.maxRequests());
    MemoryBudget memory = new MemoryBudget(limits.maxBodyMemory());
    metrics.gauge(
        "nin4j_http_requests_in_flight",
        "Requests for models from their heads to the ends of their responses",
        admission::count);
    metrics.gauge(
        "nin4j_http_body_memory_bytes", "Memory that bodies of requests take", memory::taken);
    System.Logger log = System.getLogger("org.nin4j.server");
    context = new ExchangeContext(models, limits, access, admission, memory, scan, listener, log);
    new HealthEndpoints().addTo(router);
    new MetadataEndpoints().addTo(router);
    new MetricsEndpoint(metrics).addTo(router);
    new InferEndpoint().addTo(router);
    new ClassifyEndpoint().addTo(router);
    new OpenApiEndpoint().addTo(router);
    new PageEndpoints().addTo(router);
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    scan.start(getServer().getScheduler());
  }

  @Override
  protected void doStop() throws Exception {
    scan.stop();
    super.doStop();
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    router.handle(request, response, callback, context);
    return true;
  }

  /** {@return the routes, each as a method and a pattern} */
  List<String> routes() {
    return router.routes();
  }

  /** {@return what counts the requests} */
  ServerMetrics metrics() {
    return metrics;
  }

  /** Returns what looks at bodies that are slow to come, for others that need it. */
  PeriodicScan scan() {
    return scan;
  }

  /** Returns what is held of the bodies of requests. */
  MemoryBudget memory() {
    return context.memory();
  }

  /** Returns how many requests for models are being answered. */
  int requests() {
    return admission.count();
  }

  /**
   * Begins to stop: the server says that it is not ready, and refuses further requests for models
   * with status 503 and {@code Connection: close}. Those that it has are answered, also those whose
   * bodies have yet to come; {@link #awaitDrained} waits for them.
   */
  public void drain() {
    admission.drain();
  }

  /**
   * Waits until all requests for models have been answered.
   *
   * @param longest how long to wait
   * @return false when that time did not suffice
   * @throws InterruptedException when the thread is interrupted meanwhile
   */
  public boolean awaitDrained(Duration longest) throws InterruptedException {
    return admission.awaitNone(longest);
  }
}
