package org.nin4j.bench.serving;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import org.nin4j.bench.load.LoadOrder;
import org.nin4j.bench.load.LoadOrder.Shape;
import org.nin4j.bench.load.LoadResult;

/** Half of the greatest load for a long time: tensors and photographs in turn, two models. */
final class SoakMeasurement {
  private static final double MINUTE = 60;

  private final Launcher launcher;
  private final MeasurementSettings settings;
  private final Consumer<String> screen;

  SoakMeasurement(Launcher launcher, MeasurementSettings settings, Consumer<String> screen) {
    this.launcher = launcher;
    this.settings = settings;
    this.screen = screen;
  }

  /** Runs, and prints a line for each minute. */
  SoakResult run(Duration duration) throws IOException, InterruptedException {
    ServedNetwork tensors = ServedNetwork.write(launcher, "nin-mnist", 28);
    ServedNetwork photographs = ServedNetwork.write(launcher, "nin", 224);
    try (Target server = launcher.nin(tensors, photographs);
        Load load =
            launcher.load(
                server,
                Requests.infer(tensors),
                Photographs.requests(launcher, server, photographs))) {
      WarmUp.run(load, settings);
      double half =
          load.run(LoadOrder.closed(settings.connections(), settings.seconds()))
                  .result()
                  .throughput()
              / 2;
      Growth growth = new Growth(server.facts());
      SoakResult result = new SoakResult(half, growth);
      say("half load is %.0f requests/s; %s", half, growth.look());
      double left = duration.toSeconds();
      for (int minute = 1; left > 0; minute++, left -= MINUTE) {
        LoadResult load1 =
            load.run(
                    new LoadOrder(
                        Shape.EVEN, half, Math.min(left, MINUTE), settings.openConnections()))
                .result();
        result.add(load1);
        say(
            "minute %d: %d good, %d wrong, %d broken, %d unsent, p50 %.1f ms, p99 %.1f ms,"
                + " statuses %s; %s",
            minute,
            load1.good().count(),
            load1.wrong(),
            load1.broken(),
            load1.unsent(),
            load1.good().p50() / 1e3,
            load1.good().p99() / 1e3,
            load1.byStatus().keySet(),
            growth.look());
      }
      return result;
    }
  }

  private void say(String format, Object... values) {
    screen.accept(String.format(Locale.ROOT, format, values));
  }
}
