package org.nin4j.bench.report;

import static org.nin4j.bench.report.Numbers.orNothing;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.nin4j.bench.result.EndToEnd;
import org.nin4j.bench.result.Start;

/** What is not a task's speed: the peaks, the start, the libraries, a whole training. */
final class CostTables {
  private final Measured measured;

  CostTables(Measured measured) {
    this.measured = measured;
  }

  String peaks() {
    MarkdownTable table =
        new MarkdownTable(1, List.of("precision", "peak, GFLOP/s (int8: GOP/s)", "spread"));
    for (Precision precision : Precision.values()) {
      Optional<Spread> spread =
          Spread.of(measured.results().peaks().getOrDefault(precision.title(), List.of()));
      table.row(
          List.of(
              precision.title(),
              spread.map(s -> Numbers.amount(s.median())).orElse("not measured"),
              orNothing(spread.map(Numbers::range))));
    }
    return table.toString();
  }

  String starts() {
    MarkdownTable table =
        new MarkdownTable(1, List.of("contender", "start, s", "spread", "libraries, MiB"));
    measured.results().starts().stream()
        .sorted(Comparator.comparing(Start::contender))
        .forEach(
            start -> {
              Optional<Spread> spread = Spread.of(start.seconds());
              table.row(
                  List.of(
                      start.contender().title(),
                      orNothing(spread.map(s -> Numbers.decimal(s.median(), 2))),
                      orNothing(spread.map(Numbers::range)),
                      Numbers.mebibytes(start.libraryBytes())));
            });
    return table.toString();
  }

  String endToEnd() {
    MarkdownTable table =
        new MarkdownTable(
            3,
            List.of(
                "network",
                "batch",
                "precision",
                "`nin train`, images/s",
                "bare plan, images/s",
                "ratio",
                "GFLOP/s",
                "of the peak"));
    measured.results().endToEnd().forEach(each -> table.row(row(each)));
    return table.toString();
  }

  private List<String> row(EndToEnd each) {
    Optional<Spread> training = Spread.of(each.training());
    Optional<Spread> plan = Spread.of(each.plan());
    Optional<Double> speed = training.map(Spread::median);
    return List.of(
        SpeedTables.shape(each.task()),
        Integer.toString(each.task().batch()),
        each.precision(),
        orNothing(training.map(Numbers::spread)),
        orNothing(plan.map(Numbers::spread)),
        orNothing(
            Measured.quotient(speed, plan.map(Spread::median)).map(r -> Numbers.decimal(r, 3))),
        orNothing(speed.map(s -> Numbers.amount(Operations.giga(each.task(), s)))),
        orNothing(
            measured.shareOfPeak(each.task(), each.precision(), speed).map(Numbers::percent)));
  }
}
