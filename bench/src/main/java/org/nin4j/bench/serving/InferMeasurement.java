package org.nin4j.bench.serving;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.nin4j.bench.load.LoadOrder;
import org.nin4j.bench.load.LoadOrder.Shape;
import org.nin4j.bench.load.LoadResult;
import org.nin4j.bench.rival.ChildProcess;

/** What inference with binary tensors costs and how long it takes, for one preset at one size. */
final class InferMeasurement {
  private static final double TORCH_WARM_UP_SECONDS = 8;
  private static final double MODEL_WARM_UP_SECONDS = 3;

  private final Launcher launcher;
  private final MeasurementSettings settings;
  private final Consumer<String> screen;

  InferMeasurement(Launcher launcher, MeasurementSettings settings, Consumer<String> screen) {
    this.launcher = launcher;
    this.settings = settings;
    this.screen = screen;
  }

  /**
   * Measures the bare model and the server in turn.
   *
   * @param network what is served
   */
  InferResult run(ServedNetwork network) throws IOException {
    Path requests = Requests.infer(network);
    try (ChildProcess bare = launcher.bare(network);
        Target server = launcher.nin(network);
        Load load = launcher.load(server, requests)) {
      Bare model = new Bare(bare, launcher.threads());
      model.run(MODEL_WARM_UP_SECONDS);
      WarmUp.run(load, settings);
      InferResult result = new InferResult(network);
      for (int i = 0; i < settings.repeats(); i++) {
        result.modelMicroseconds.add(model.run(settings.seconds()));
        result.modelLatencies.add(model.latency(settings.seconds() / 2));
        Load.Outcome full = load.run(closed(settings.connections()));
        result.add(full);
        Load.Outcome alone = load.run(closed(1));
        result.aloneLatencies.add(alone.result().good().p50());
        double half = full.result().throughput() / 2;
        result.even.add(latencies(load, Shape.EVEN, half));
        result.random.add(latencies(load, Shape.RANDOM, half));
        say(
            "  %s: model %.0f us, server %.0f us, client %.0f us of processor time;"
                + " %.0f/s; alone %.0f us, at half load p99 %.0f us, %.0f us in Poisson's order",
            network,
            last(result.modelMicroseconds),
            full.microsecondsPerAnswer(),
            full.clientMicrosecondsPerAnswer(),
            full.result().throughput(),
            last(result.aloneLatencies),
            last(result.even).p99(),
            last(result.random).p99());
      }
      say("  share of the model %.2f, %d answers wrong", result.modelShare(), result.wrong);
      return result;
    }
  }

  private LoadOrder closed(int connections) {
    return LoadOrder.closed(connections, settings.seconds());
  }

  private LoadResult.Latencies latencies(Load load, Shape shape, double rate) throws IOException {
    LoadResult result =
        load.run(new LoadOrder(shape, rate, settings.seconds(), settings.openConnections()))
            .result();
    if (result.wrong() + result.broken() + result.unsent() > 0) {
      say("  at half load: %s", result);
    }
    return result.good();
  }

  private static <T> T last(List<T> list) {
    return list.get(list.size() - 1);
  }

  private void say(String format, Object... values) {
    screen.accept(String.format(Locale.ROOT, format, values));
  }

  /** The process of the bare model. */
  private record Bare(ChildProcess process, int threads) {
    /** Processor time of an image while all threads work, in microseconds. */
    double run(double seconds) throws IOException {
      ProcessFacts facts = new ProcessFacts(process.id());
      double before = facts.processorSeconds();
      double images = turn(seconds, threads)[0];
      return 1e6 * (facts.processorSeconds() - before) / images;
    }

    /** How long an image takes while nothing else is computed, in microseconds. */
    double latency(double seconds) throws IOException {
      double[] turn = turn(seconds, 1);
      return turn[1] / turn[0] / 1e3;
    }

    private double[] turn(double seconds, int on) throws IOException {
      return process.numbers(String.format(Locale.ROOT, "turn %.3f %d", seconds, on));
    }
  }

  /** PyTorch behind the same parts: its throughput, in the order of the settings. */
  List<TorchResult> torch(ServedNetwork network) throws IOException {
    Path requests = Requests.bare(network);
    List<TorchResult> results = new ArrayList<>();
    int processors = launcher.threads();
    for (int[] threads : new int[][] {{processors, 1}, {1, processors}, {processors, processors}}) {
      try (Target server = launcher.torch(network, threads[0], threads[1]);
          Load load = launcher.load(server, requests)) {
        load.run(LoadOrder.closed(settings.connections(), TORCH_WARM_UP_SECONDS));
        TorchResult result = new TorchResult(network, threads[0], threads[1]);
        for (int i = 0; i < settings.repeats(); i++) {
          result.add(load.run(closed(settings.connections())));
        }
        say("  %s", result);
        results.add(result);
      }
    }
    return results;
  }
}
