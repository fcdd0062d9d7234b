package org.nin4j.server.metrics;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.nin4j.server.http.Exchange;
import org.nin4j.server.http.HttpError;
import org.nin4j.server.http.Reply;
import org.nin4j.server.http.Router;

/** {@code GET /metrics}, in Prometheus' text format, or in OpenMetrics for who accepts that. */
public final class MetricsEndpoint {
  private static final int FIRST_SIZE = 1 << 14;

  private final ServerMetrics metrics;
  private final ExpositionFormatWriter text =
      PrometheusTextFormatWriter.builder().setIncludeCreatedTimestamps(false).build();
  private final ExpositionFormatWriter openMetrics =
      OpenMetricsTextFormatWriter.builder().setCreatedTimestampsEnabled(false).build();

  /**
   * @param metrics what to show
   */
  public MetricsEndpoint(ServerMetrics metrics) {
    this.metrics = metrics;
  }

  /** Adds the route. */
  public void addTo(Router router) {
    router.add("GET", "/metrics", this::handle);
  }

  /** The text takes too long for the thread that serves all connections. */
  private void handle(Exchange exchange) throws HttpError {
    ExpositionFormatWriter format =
        exchange.header("Accept").filter(openMetrics::accepts).isPresent() ? openMetrics : text;
    exchange.goOnElsewhere(() -> exchange.send(Reply.of(format.getContentType(), write(format))));
  }

  private byte[] write(ExpositionFormatWriter format) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(FIRST_SIZE);
    try {
      format.write(bytes, metrics.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException(e); // into memory: cannot happen
    }
    return bytes.toByteArray();
  }
}
