package org.nin4j.bench.serving;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.nin4j.bench.load.LoadResult.Latencies;
import org.nin4j.engine.Precision;

/** What was measured beside what was wanted, as a table in Markdown. */
final class ServingReport {
  private static final double LEAST_TORCH_FACTOR = 3;
  private static final double MOST_LATENCY_FACTOR = 3;
  private static final double MOST_REFUSAL_MILLIS = 50;

  private final List<String> rows = new ArrayList<>();
  private final List<InferResult> ours = new ArrayList<>();

  void add(InferResult result, double leastShare) {
    ours.add(result);
    boolean goal = result.network.precision() == Precision.FP32; // the others are for information
    row(
        !goal || result.modelShare() >= leastShare,
        result.network + ": share of the model" + (goal ? ", >= " + leastShare : ""),
        "%.2f (model %.0f us, server %.0f us of processor time; %.0f requests/s; clients %.0f us)",
        result.modelShare(),
        Median.of(result.modelMicroseconds),
        Median.of(result.serverMicroseconds),
        Median.of(result.throughputs),
        Median.of(result.clientMicroseconds));
    double alone = Median.of(result.aloneLatencies);
    double even = p99(result.even);
    row(
        even <= MOST_LATENCY_FACTOR * alone,
        result.network + ": p99 at half load, <= 3 x one request alone",
        "%.2f x (%.0f us; alone %.0f us, model only %.0f us; as a Poisson process %.0f us)",
        even / alone,
        even,
        alone,
        Median.of(result.modelLatencies),
        p99(result.random));
    row(result.wrong == 0, result.network + ": wrong answers, 0", "%d", result.wrong);
  }

  private static double p99(List<Latencies> runs) {
    return Median.of(runs.stream().map(Latencies::p99).toList());
  }

  void add(List<TorchResult> results) {
    double most = 0;
    List<String> all = new ArrayList<>();
    for (TorchResult result : results) {
      double throughput = Median.of(result.throughputs);
      most = Math.max(most, throughput);
      all.add(
          String.format(
              Locale.ROOT, "%d x %d threads %.0f/s", result.workers, result.perImage, throughput));
    }
    ServedNetwork network = results.get(0).network;
    for (InferResult result : ours) {
      if (result.network.name().equals(network.name())
          && result.network.precision() == Precision.FP32) {
        double factor = Median.of(result.throughputs) / most;
        row(
            factor >= LEAST_TORCH_FACTOR,
            network + ": throughput, >= 3 x PyTorch (DJL)",
            "%.2f x (%s)",
            factor,
            String.join(", ", all));
      }
    }
  }

  void add(OverloadResult result) {
    Latencies refused = result.over().result().status(OverloadResult.REFUSED);
    boolean right = result.over().result().wrong() + result.over().result().broken() == 0;
    row(
        right && refused.p50() < 1000 * MOST_REFUSAL_MILLIS && result.readySeconds() < 1,
        "10 x the greatest load: good answers right, others 503 in under 50 ms, ready within 1 s",
        "%s",
        result);
  }

  private void row(boolean met, String goal, String format, Object... values) {
    String found = String.format(Locale.ROOT, format, values);
    rows.add("| " + goal + " | " + found + " | " + (met ? "met" : "missed") + " |");
  }

  @Override
  public String toString() {
    return "Server and load generator share "
        + Runtime.getRuntime().availableProcessors()
        + " processors; processor time is the figure to trust. Medians of the runs.\n\n"
        + "| goal | measured | |\n| --- | --- | --- |\n"
        + String.join("\n", rows)
        + "\n";
  }
}
