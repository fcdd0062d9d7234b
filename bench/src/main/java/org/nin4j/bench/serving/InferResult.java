package org.nin4j.bench.serving;

import java.util.ArrayList;
import java.util.List;
import org.nin4j.bench.load.LoadResult.Latencies;

/** What {@link InferMeasurement} has found in each of its repeats; times in microseconds. */
final class InferResult {
  final ServedNetwork network;

  /** Processor time of an image in the bare model. */
  final List<Double> modelMicroseconds = new ArrayList<>();

  /** Time of an image in the bare model, on one thread. */
  final List<Double> modelLatencies = new ArrayList<>();

  /** Processor time of the server for a request, and of its clients. */
  final List<Double> serverMicroseconds = new ArrayList<>();

  final List<Double> clientMicroseconds = new ArrayList<>();

  /** Requests per second that keep all connections busy. */
  final List<Double> throughputs = new ArrayList<>();

  /** Median latency of requests one at a time. */
  final List<Double> aloneLatencies = new ArrayList<>();

  final List<Latencies> even = new ArrayList<>();
  final List<Latencies> random = new ArrayList<>();
  long wrong;

  InferResult(ServedNetwork network) {
    this.network = network;
  }

  void add(Load.Outcome full) {
    serverMicroseconds.add(full.microsecondsPerAnswer());
    clientMicroseconds.add(full.clientMicrosecondsPerAnswer());
    throughputs.add(full.result().throughput());
    wrong += full.result().wrong() + full.result().broken();
  }

  /** The share of the server's processor time that the model itself takes. */
  double modelShare() {
    return Median.of(modelMicroseconds) / Median.of(serverMicroseconds);
  }
}
