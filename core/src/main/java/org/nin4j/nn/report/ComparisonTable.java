package org.nin4j.nn.report;

import static org.nin4j.nn.report.Amounts.bytes;
import static org.nin4j.nn.report.Amounts.grouped;
import static org.nin4j.nn.report.Amounts.ratio;
import static org.nin4j.nn.report.Amounts.share;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.nin4j.internal.Table;
import org.nin4j.nn.Comparison;
import org.nin4j.nn.Costs;
import org.nin4j.nn.Layer;
import org.nin4j.nn.LayerGroup;
import org.nin4j.nn.Summary;

/** A comparison for people: one column for each network. */
final class ComparisonTable {
  private final Comparison comparison;
  private final Table table;

  private ComparisonTable(Comparison comparison) {
    this.comparison = comparison;
    List<String> header = new ArrayList<>(List.of(""));
    comparison.summaries().forEach(summary -> header.add(summary.network().name()));
    this.table = new Table(1, header.toArray(String[]::new));
  }

  static String text(Comparison comparison) {
    return new ComparisonTable(comparison).build("  ").text();
  }

  static String markdown(Comparison comparison) {
    return new ComparisonTable(comparison).build("&emsp;").markdown();
  }

  private Table build(String indent) {
    row("Input", summary -> summary.input().toString());
    row("Classes", summary -> Integer.toString(summary.network().classes()));
    amount("Parameters", indent, Costs::parameters);
    amount("Multiply-adds", indent, Costs::multiplyAdds);
    row("Parameters at fp32", s -> bytes(Float.BYTES * s.total().parameters()));
    row("Activations at fp32", s -> bytes(s.total().activationBytes()));
    shares("Where the parameters sit", indent, Costs::parameters);
    shares("Where the multiply-adds go", indent, Costs::multiplyAdds);
    table.rule();
    row("Largest layer", s -> s.largest().path() + " " + s.largest().layer().kind());
    row(indent + "its form", s -> form(s.largest().layer()));
    row(
        indent + "its parameters",
        s -> share(s.largest().costs().parameters(), s.total().parameters()));
    return table;
  }

  private static String form(Layer layer) {
    return layer.accept(new BriefForm()).substring(layer.kind().length()).strip();
  }

  private void row(String title, Function<Summary, String> cell) {
    List<String> cells = new ArrayList<>(List.of(title));
    comparison.summaries().forEach(summary -> cells.add(cell.apply(summary)));
    table.row(cells);
  }

  private void amount(String title, String indent, ToLongFunction<Costs> number) {
    long base = number.applyAsLong(comparison.first().total());
    row(title, summary -> grouped(number.applyAsLong(summary.total())));
    row(
        indent + "relative to " + comparison.first().network().name(),
        summary -> ratio(number.applyAsLong(summary.total()), base));
  }

  private void shares(String title, String indent, ToLongFunction<Costs> number) {
    table.rule();
    row(title, summary -> "");
    for (LayerGroup group : LayerGroup.values()) {
      if (comparison.summaries().stream()
          .anyMatch(summary -> number.applyAsLong(summary.costs(group)) > 0)) {
        row(
            indent + group.title(),
            summary ->
                share(
                    number.applyAsLong(summary.costs(group)), number.applyAsLong(summary.total())));
      }
    }
  }
}
