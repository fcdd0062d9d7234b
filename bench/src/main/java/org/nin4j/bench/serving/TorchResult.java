package org.nin4j.bench.serving;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What PyTorch behind the same parts does with some number of threads. */
final class TorchResult {
  final ServedNetwork network;
  final int workers;
  final int perImage;
  final List<Double> serverMicroseconds = new ArrayList<>();
  final List<Double> throughputs = new ArrayList<>();

  TorchResult(ServedNetwork network, int workers, int perImage) {
    this.network = network;
    this.workers = workers;
    this.perImage = perImage;
  }

  void add(Load.Outcome full) {
    serverMicroseconds.add(full.microsecondsPerAnswer());
    throughputs.add(full.result().throughput());
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s, PyTorch (DJL), %d workers with %d threads each: %.0f/s, %.0f us of processor"
            + " time",
        network,
        workers,
        perImage,
        Median.of(throughputs),
        Median.of(serverMicroseconds));
  }
}
