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
  private void handle(Exchange exchange) {
    ExpositionFormatWriter format =
        exchange.header("Accept").filter(openMetrics::accepts).isPresent() ? openMetrics : text;
    exchange
        .request()
        .getComponents()
        .getExecutor()
        .execute(
            () -> {
              try {
                exchange.send(Reply.of(format.getContentType(), write(format)));
              } catch (RuntimeException e) {
                exchange
                    .context()
                    .log()
                    .log(System.Logger.Level.ERROR, "the metrics cannot be written", e);
                exchange.fail(HttpError.internal("the metrics cannot be written; see the log"));
              }
            });
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
