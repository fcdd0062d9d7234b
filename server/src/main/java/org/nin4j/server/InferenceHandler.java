package org.nin4j.server;

import java.util.List;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.nin4j.server.http.ExchangeContext;
import org.nin4j.server.http.RequestListener;
import org.nin4j.server.http.Router;
import org.nin4j.server.limits.ServerLimits;
import org.nin4j.server.model.ModelRepository;
import org.nin4j.server.page.PageEndpoints;
import org.nin4j.server.protocol.HealthEndpoints;

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
 * <p>It never blocks a thread of Jetty's. Limits on connections are the host's, as are TLS and
 * authentication; {@link NinServer} brings them along.
 */
public final class InferenceHandler extends Handler.Abstract.NonBlocking {
  private final Router router = new Router();
  private final ExchangeContext context;
  private volatile boolean draining;

  /**
   * Makes a handler.
   *
   * @param models the models to serve; the caller closes them after the server has stopped
   * @param limits what to refuse
   */
  public InferenceHandler(ModelRepository models, ServerLimits limits) {
    this(models, limits, List.of());
  }

  InferenceHandler(ModelRepository models, ServerLimits limits, List<RequestListener> listeners) {
    List<RequestListener> all = List.copyOf(listeners);
    RequestListener listener = outcome -> all.forEach(each -> each.ended(outcome));
    context = new ExchangeContext(models, limits, listener, System.getLogger("org.nin4j.server"));
    new HealthEndpoints(() -> !draining).addTo(router);
    new PageEndpoints().addTo(router);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    router.handle(request, response, callback, context);
    return true;
  }

  /** Lets the server say that it is not ready, so that no more requests are sent to it. */
  public void drain() {
    draining = true;
  }
}
