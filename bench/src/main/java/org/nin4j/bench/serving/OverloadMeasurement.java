package org.nin4j.bench.serving;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.nin4j.bench.load.LoadOrder;
import org.nin4j.bench.load.LoadOrder.Shape;

/** Ten times as many photographs as the server can classify, in an open loop. */
final class OverloadMeasurement {
  private static final int TIMES = 10;

  private final Launcher launcher;
  private final MeasurementSettings settings;
  private final Consumer<String> screen;

  OverloadMeasurement(Launcher launcher, MeasurementSettings settings, Consumer<String> screen) {
    this.launcher = launcher;
    this.settings = settings;
    this.screen = screen;
  }

  /**
   * Measures.
   *
   * @param seconds how long the overload lasts
   */
  OverloadResult run(double seconds) throws IOException, InterruptedException {
    ServedNetwork network = ServedNetwork.write(launcher, "nin", 224);
    try (Target server = launcher.nin(network)) {
      Path requests = Photographs.requests(launcher, server, network);
      try (Load load = launcher.load(server, requests)) {
        WarmUp.run(load, settings);
        Load.Outcome full = load.run(LoadOrder.closed(settings.connections(), settings.seconds()));
        double greatest = full.result().throughput();
        LoadOrder order =
            new LoadOrder(Shape.EVEN, TIMES * greatest, seconds, settings.openConnections());
        load.run(
            new LoadOrder(Shape.EVEN, TIMES * greatest, seconds / 4, settings.openConnections()));
        Growth growth = new Growth(server.facts());
        growth.look();
        Load.Outcome over = load.run(order);
        double ready = secondsUntilReady(server);
        growth.look();
        OverloadResult result = new OverloadResult(greatest, over, ready, growth.states());
        screen.accept("  " + result);
        return result;
      }
    }
  }

  /** Until it says so, and answers a request as before. */
  private static double secondsUntilReady(Target server) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(server.uri("/v2/health/ready")).build();
    HttpClient client = HttpClient.newHttpClient();
    long begin = System.nanoTime();
    while (client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() != 200) {
      Thread.sleep(10);
    }
    return (System.nanoTime() - begin) / 1e9;
  }
}
