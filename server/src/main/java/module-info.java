/**
 * Models behind HTTP: the Open Inference Protocol, a plain route for images, metrics, and a page.
 * {@link org.nin4j.server.NinServer} is a server of its own; {@link
 * org.nin4j.server.InferenceHandler} is a part of another program's Jetty server.
 */
@SuppressWarnings("requires-automatic") // the Prometheus client has no module descriptors
module org.nin4j.server {
  requires io.prometheus.metrics.core;
  requires io.prometheus.metrics.model;
  requires io.prometheus.writer.text;
  requires transitive org.eclipse.jetty.server;
  requires transitive org.nin4j.core;

  exports org.nin4j.server;
  exports org.nin4j.server.event;
  exports org.nin4j.server.limits;
  exports org.nin4j.server.model;
}
