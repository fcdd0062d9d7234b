package org.nin4j.bench.report;

import static org.nin4j.bench.report.Numbers.orNothing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.nin4j.bench.result.Contender;
import org.nin4j.bench.result.Task;
import org.nin4j.bench.result.Timing;
import org.nin4j.bench.result.Work;
import org.nin4j.nn.Networks;
import org.nin4j.nn.Shape;

/** A table for each network, size and work, with a row for each batch and contender. */
final class SpeedTables {
  private static final List<String> HEADER =
      List.of(
          "batch",
          "contender",
          "images/s",
          "spread",
          "NiN4J / it",
          "GFLOP/s",
          "of the peak",
          "memory, MiB",
          "difference");

  private final Measured measured;

  private SpeedTables(Measured measured) {
    this.measured = measured;
  }

  static String all(Measured measured) {
    return new SpeedTables(measured).text();
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    measured.results().timings().stream()
        .map(Timing::task)
        .map(task -> new Task(task.network(), task.size(), task.work(), 0))
        .distinct()
        .forEach(task -> text.append(table(task)));
    return text.isEmpty() ? "Not measured.\n" : text.toString();
  }

  /** All batches of a task. */
  private String table(Task any) {
    MarkdownTable table = new MarkdownTable(2, HEADER);
    measured.results().timings().stream()
        .filter(timing -> ofBatch(any, timing.task().batch()).equals(timing.task()))
        .sorted(
            Comparator.comparingInt((Timing timing) -> timing.task().batch())
                .thenComparing(Timing::contender))
        .forEach(timing -> table.row(row(timing)));
    return "### " + title(any) + "\n\n" + table + "\n";
  }

  private static Task ofBatch(Task task, int batch) {
    return new Task(task.network(), task.size(), task.work(), batch);
  }

  private List<String> row(Timing timing) {
    Task task = timing.task();
    Contender contender = timing.contender();
    Precision precision = Precision.of(contender);
    Optional<Spread> spread = Spread.of(timing.imagesPerSecond());
    Optional<Double> speed = spread.map(Spread::median);
    Optional<Double> ratio =
        contender == precision.ours()
            ? Optional.empty()
            : measured.ratio(task, precision.ours(), contender);
    List<String> cells = new ArrayList<>();
    cells.add(Integer.toString(task.batch()));
    cells.add(contender.title());
    cells.add(orNothing(speed.map(Numbers::amount)));
    cells.add(orNothing(spread.map(Numbers::range)));
    cells.add(orNothing(ratio.map(Numbers::ratio)));
    cells.add(orNothing(speed.map(each -> Numbers.amount(Operations.giga(task, each)))));
    cells.add(
        orNothing(measured.shareOfPeak(task, precision.title(), speed).map(Numbers::percent)));
    cells.add(Numbers.mebibytes(timing.peakBytes()));
    cells.add(
        timing.difference() == 0 ? "0" : String.format(Locale.ROOT, "%.1e", timing.difference()));
    return cells;
  }

  private static String title(Task task) {
    return shape(task) + ": " + task.work().title();
  }

  /** {@code nin at 1x224x224}. */
  static String shape(Task task) {
    int channels = Networks.named(task.network()).defaultInput().channels();
    return task.network() + " at " + Shape.of(channels, task.size(), task.size());
  }

  /** The arithmetic of an image of each network and size, in thousand million operations. */
  static String operations(Measured measured) {
    MarkdownTable table =
        new MarkdownTable(1, List.of("network", "inference, GFLOP", "training, GFLOP"));
    measured.results().timings().stream()
        .map(timing -> new Task(timing.task().network(), timing.task().size(), Work.INFERENCE, 0))
        .distinct()
        .forEach(
            task ->
                table.row(
                    List.of(
                        shape(task),
                        operations(task, Work.INFERENCE),
                        operations(task, Work.TRAINING))));
    return table.toString();
  }

  private static String operations(Task task, Work work) {
    return Numbers.decimal(Operations.perImage(task.network(), task.size(), work) / 1e9, 3);
  }
}
