package org.nin4j.bench.report;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.nin4j.bench.result.Contender;
import org.nin4j.bench.result.EndToEnd;
import org.nin4j.bench.result.Results;
import org.nin4j.bench.result.Start;
import org.nin4j.bench.result.Task;
import org.nin4j.bench.result.Timing;
import org.nin4j.bench.result.Work;

/** Results, asked for by task and contender. What was not measured is empty. */
record Measured(Results results) {
  static final List<Contender> PYTORCH_FP32 =
      List.of(Contender.PYTORCH_DJL, Contender.PYTORCH_FP32);
  static final List<Contender> PYTORCH =
      List.of(Contender.PYTORCH_DJL, Contender.PYTORCH_FP32, Contender.PYTORCH_BF16);

  static final String NETWORK = "nin";
  private static final int SIZE = 224;

  /** The network and the size that goals are set for. */
  static Task atFullSize(Work work, int batch) {
    return new Task(NETWORK, SIZE, work, batch);
  }

  Optional<Timing> timing(Task task, Contender contender) {
    return results.timings().stream()
        .filter(timing -> timing.task().equals(task) && timing.contender() == contender)
        .findFirst();
  }

  /** Median of images per second. */
  Optional<Double> speed(Task task, Contender contender) {
    return timing(task, contender)
        .flatMap(timing -> Spread.of(timing.imagesPerSecond()))
        .map(Spread::median);
  }

  /** How many times as fast as one contender another is. */
  Optional<Double> ratio(Task task, Contender fast, Contender slow) {
    return quotient(speed(task, fast), speed(task, slow));
  }

  /** The fastest of several; nothing unless all of them were measured. */
  Optional<Contender> fastest(Task task, List<Contender> contenders) {
    return best(contenders, contender -> speed(task, contender).map(speed -> -speed));
  }

  /** Largest resident memory. */
  Optional<Double> peakBytes(Task task, Contender contender) {
    return timing(task, contender)
        .filter(timing -> timing.peakBytes() > 0)
        .map(timing -> (double) timing.peakBytes());
  }

  /** The one with the least peak of memory; nothing unless all of them were measured. */
  Optional<Contender> smallest(Task task, List<Contender> contenders) {
    return best(contenders, contender -> peakBytes(task, contender));
  }

  private static Optional<Contender> best(
      List<Contender> contenders, Function<Contender, Optional<Double>> cost) {
    if (contenders.stream().anyMatch(contender -> cost.apply(contender).isEmpty())) {
      return Optional.empty();
    }
    return contenders.stream()
        .min(Comparator.comparingDouble(contender -> cost.apply(contender).orElseThrow()));
  }

  Optional<Start> start(Contender contender) {
    return results.starts().stream().filter(start -> start.contender() == contender).findFirst();
  }

  /** Median of the seconds from the start of the process to the first prediction. */
  Optional<Double> startSeconds(Contender contender) {
    return start(contender).flatMap(start -> Spread.of(start.seconds())).map(Spread::median);
  }

  /** GFLOP/s of a large matrix product. */
  Optional<Double> peak(String precision) {
    return Spread.of(results.peaks().getOrDefault(precision, List.of())).map(Spread::median);
  }

  /** Share of the arithmetic peak at this speed. */
  Optional<Double> shareOfPeak(Task task, String precision, Optional<Double> imagesPerSecond) {
    return quotient(imagesPerSecond.map(speed -> Operations.giga(task, speed)), peak(precision));
  }

  /** Trainings by the command line of the network that goals are set for. */
  List<EndToEnd> endToEndAtFullSize() {
    return results.endToEnd().stream()
        .filter(each -> each.task().network().equals(NETWORK) && each.task().size() == SIZE)
        .toList();
  }

  static Optional<Double> quotient(Optional<Double> number, Optional<Double> divisor) {
    return number.flatMap(n -> divisor.filter(d -> d > 0).map(d -> n / d));
  }
}
