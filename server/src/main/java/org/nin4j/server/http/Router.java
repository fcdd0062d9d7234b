package org.nin4j.server.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Finds the endpoint of a request by its method and path. */
public final class Router {
  private final List<Route> routes = new ArrayList<>();

  /** A method, the segments of a path, of which {@code *} stands for any, and what answers. */
  private record Route(String method, List<String> segments, Endpoint endpoint, boolean open) {
    /** Returns what stands for the variables; null when the path is another one. */
    List<String> match(List<String> path) {
      if (path.size() != segments.size()) {
        return null;
      }
      List<String> variables = new ArrayList<>(2);
      for (int i = 0; i < path.size(); i++) {
        if (segments.get(i).equals("*")) {
          variables.add(path.get(i));
        } else if (!segments.get(i).equals(path.get(i))) {
          return null;
        }
      }
      return variables;
    }
  }

  /**
   * Adds a route.
   *
   * @param method such as GET, which answers HEAD as well
   * @param pattern a path such as {@code /v2/models/*}, in which {@code *} is one segment
   */
  public Router add(String method, String pattern, Endpoint endpoint) {
    routes.add(new Route(method, segments(pattern), endpoint, false));
    return this;
  }

  /** Adds a route that needs no token: whether the server lives, and its page. */
  public Router addOpen(String method, String pattern, Endpoint endpoint) {
    routes.add(new Route(method, segments(pattern), endpoint, true));
    return this;
  }

  /** Returns all routes in the form {@code GET /v2/models/*}. */
  public List<String> routes() {
    return routes.stream()
        .map(route -> route.method() + " /" + String.join("/", route.segments()))
        .toList();
  }

  private static List<String> segments(String path) {
    return List.of(path.substring(1).split("/", -1));
  }

  /** Answers a request. */
  public void handle(
      Request request, Response response, Callback callback, ExchangeContext context) {
    String path = Request.getPathInContext(request);
    List<String> segments = segments(path.isEmpty() ? "/" : path);
    String method = request.getMethod().equals("HEAD") ? "GET" : request.getMethod();
    TreeSet<String> allowed = new TreeSet<>();
    for (Route route : routes) {
      List<String> variables = route.match(segments);
      if (variables != null) {
        if (route.method().equals(method)) {
          Exchange exchange = new Exchange(request, response, callback, context, variables);
          exchange.attempt(
              () -> {
                context.access().check(request, response, route.open());
                route.endpoint().handle(exchange);
              });
          return;
        }
        allowed.add(route.method());
      }
    }
    Exchange exchange = new Exchange(request, response, callback, context, List.of());
    boolean asksForMethods = method.equals("OPTIONS") && !allowed.isEmpty();
    exchange.attempt(
        () -> {
          context.access().check(request, response, asksForMethods);
          if (!asksForMethods) {
            throw nothing(allowed);
          }
          exchange.send(new Reply(200, Reply.JSON, Map.of("Allow", list(allowed)), new byte[0]));
        });
  }

  private static HttpError nothing(Set<String> allowed) {
    if (allowed.isEmpty()) {
      return HttpError.notFound("there is nothing at this path; GET /openapi.json lists what is");
    }
    String sentence = "this path takes " + String.join(" or ", allowed);
    return HttpError.of(405, sentence, "Allow", list(allowed));
  }

  private static String list(Set<String> methods) {
    return String.join(", ", methods);
  }
}
