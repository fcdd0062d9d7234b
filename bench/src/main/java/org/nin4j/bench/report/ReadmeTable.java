package org.nin4j.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.nin4j.bench.result.Contender;
import org.nin4j.bench.result.Results;
import org.nin4j.bench.result.Start;
import org.nin4j.bench.result.Task;
import org.nin4j.bench.result.Work;

/** The few rows that the project's README shows. */
final class ReadmeTable {
  private static final List<Contender> OURS =
      List.of(Contender.NIN4J_FP32, Contender.NIN4J_BF16, Contender.NIN4J_INT8);

  private final Measured measured;

  private ReadmeTable(Results results) {
    this.measured = new Measured(results);
  }

  static String of(Results results) {
    return new ReadmeTable(results).text();
  }

  private String text() {
    MarkdownTable table =
        new MarkdownTable(
            1,
            List.of(
                "`nin` at 1x224x224",
                "NiN4J fp32",
                "NiN4J bf16",
                "NiN4J int8",
                Contender.PYTORCH_DJL.title(),
                "PyTorch's best",
                Contender.ONNX_RUNTIME.title()));
    table.row(speeds("training, batch 64, images/s", Work.TRAINING));
    table.row(speeds("inference, batch 64, images/s", Work.INFERENCE));
    table.row(memory());
    table.row(
        starts(
            "start to first prediction, s",
            start -> Spread.of(start.seconds()).map(s -> Numbers.decimal(s.median(), 2))));
    table.row(
        starts("libraries, MiB", start -> Optional.of(Numbers.mebibytes(start.libraryBytes()))));
    return table
        + """

        In brackets: how many times as fast NiN4J is in the same precision; for memory, how many times
        as much the other needs. Medians of `./nin-bench`, contenders in turn, %s:
        %s.
        [All measurements](docs/performance/README.md), with goals, spreads and methods.
        """
            .formatted(
                measured.results().date(),
                measured.results().machine().entrySet().stream()
                    .map(entry -> entry.getKey() + " " + entry.getValue())
                    .collect(Collectors.joining(", ")));
  }

  private List<String> speeds(String what, Work work) {
    Task task = Measured.atFullSize(work, 64);
    Function<Contender, Optional<String>> peer =
        contender ->
            compared(
                measured.speed(task, contender),
                measured.ratio(task, Precision.of(contender).ours(), contender));
    return row(
        what,
        contender -> measured.speed(task, contender).map(Numbers::amount),
        peer,
        measured.fastest(task, Measured.PYTORCH));
  }

  private List<String> memory() {
    Task task = Measured.atFullSize(Work.TRAINING, 128);
    Function<Contender, Optional<Double>> mebibytes =
        contender -> measured.peakBytes(task, contender).map(bytes -> bytes / (1024 * 1024));
    Function<Contender, Optional<String>> peer =
        contender ->
            compared(
                mebibytes.apply(contender),
                Measured.quotient(
                    mebibytes.apply(contender), mebibytes.apply(Precision.of(contender).ours())));
    return row(
        "peak memory in training, batch 128, MiB",
        contender -> mebibytes.apply(contender).map(Numbers::amount),
        peer,
        measured.smallest(task, Measured.PYTORCH));
  }

  private List<String> starts(String what, Function<Start, Optional<String>> cell) {
    Function<Contender, Optional<String>> any =
        contender -> measured.start(contender).flatMap(cell);
    return row(what, any, any, Optional.empty());
  }

  private static List<String> row(
      String what,
      Function<Contender, Optional<String>> ours,
      Function<Contender, Optional<String>> peer,
      Optional<Contender> best) {
    List<String> cells = new ArrayList<>(List.of(what));
    OURS.forEach(contender -> cells.add(Numbers.orNothing(ours.apply(contender))));
    cells.add(Numbers.orNothing(peer.apply(Contender.PYTORCH_DJL)));
    cells.add(
        Numbers.orNothing(
            best.flatMap(
                each -> peer.apply(each).map(text -> Precision.of(each).title() + ": " + text))));
    cells.add(Numbers.orNothing(peer.apply(Contender.ONNX_RUNTIME)));
    return cells;
  }

  /** {@code 23.1 (2.21)}. */
  private static Optional<String> compared(Optional<Double> number, Optional<Double> ratio) {
    return number.map(
        n -> Numbers.amount(n) + ratio.map(r -> " (" + Numbers.ratio(r) + ")").orElse(""));
  }
}
