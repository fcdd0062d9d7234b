package org.nin4j.nn.report;

import static org.nin4j.nn.report.Amounts.bytes;
import static org.nin4j.nn.report.Amounts.grouped;
import static org.nin4j.nn.report.Amounts.share;

import java.util.List;
import java.util.function.Function;
import org.nin4j.internal.Table;
import org.nin4j.nn.Costs;
import org.nin4j.nn.LayerGroup;
import org.nin4j.nn.ReceptiveField;
import org.nin4j.nn.Shape;
import org.nin4j.nn.Size2d;
import org.nin4j.nn.Summary;

/** A summary for people: nested layers, totals, and the two ways in which NiN differs from VGG. */
final class SummaryTable {
  private SummaryTable() {}

  static String text(Summary summary) {
    return title(summary)
        + "\n\n"
        + table(summary, SummaryTable::indented, "Total").text()
        + "\n"
        + "Sees: 51/8 means that an output depends on 51x51 pixels of the input, and the next output"
        + " on those\n"
        + "8 pixels further; all means the whole input.\n"
        + "Kernels: n*m, one for each pair of input and output channels. Applications: X*n*m, each"
        + " kernel slid\n"
        + "over the X output positions, which share its weights. Activations: the outputs of all"
        + " layers at fp32.\n\n"
        + "Two ways in which Network in Network differs from VGG:\n  1. "
        + pointwise(summary, "\n     ")
        + ".\n  2. "
        + linear(summary, "\n     ")
        + ".\n";
  }

  static String markdown(Summary summary) {
    return "### "
        + title(summary)
        + "\n\n"
        + table(summary, row -> "`" + row.path() + "` " + brief(row), "**Total**").markdown()
        + "\n- "
        + pointwise(summary, " ")
        + ".\n- "
        + linear(summary, " ")
        + ".\n";
  }

  private static String title(Summary summary) {
    return summary.network().name() + ": " + summary.input() + " -> " + summary.output();
  }

  private static Table table(Summary summary, Function<Summary.Row, String> name, String total) {
    Table table =
        new Table(
            2,
            "Layer",
            "Output",
            "Sees",
            "Kernels",
            "Applications",
            "Parameters",
            "Multiply-adds",
            "Activations");
    summary
        .rows()
        .forEach(
            row ->
                table.row(cells(name.apply(row), row.output(), sees(summary, row), row.costs())));
    table.rule();
    table.row(cells(total, summary.output(), "", summary.total()));
    return table;
  }

  /** {@code 51/8}: a square of 51 pixels, 8 pixels from one output to the next. */
  private static String sees(Summary summary, Summary.Row row) {
    ReceptiveField field = row.receptiveField();
    return field.isWhole(summary.input(), row.output())
        ? "all"
        : BriefForm.brief(new Size2d(field.height(), field.width()))
            + "/"
            + BriefForm.brief(new Size2d(field.strideY(), field.strideX()));
  }

  private static List<String> cells(String name, Shape output, String sees, Costs costs) {
    return List.of(
        name,
        output.toString(),
        sees,
        grouped(costs.kernels()),
        grouped(costs.kernelApplications()),
        grouped(costs.parameters()),
        grouped(costs.multiplyAdds()),
        bytes(costs.activationBytes()));
  }

  private static String indented(Summary.Row row) {
    return "  ".repeat(row.depth()) + row.path() + " " + brief(row);
  }

  private static String brief(Summary.Row row) {
    return row.layer().accept(new BriefForm());
  }

  private static String pointwise(Summary summary, String lineBreak) {
    return "1x1 convolutions connect all channels at every pixel: "
        + (summary.leaves(LayerGroup.POINTWISE).isEmpty()
            ? "here there are none"
            : work(summary, LayerGroup.POINTWISE, lineBreak));
  }

  private static String linear(Summary summary, String lineBreak) {
    return "No Linear layer stands at the end: "
        + (summary.leaves(LayerGroup.LINEAR).isEmpty()
            ? "here 0 parameters are in Linear layers"
            : work(summary, LayerGroup.LINEAR, lineBreak));
  }

  private static String work(Summary summary, LayerGroup group, String lineBreak) {
    int layers = summary.leaves(group).size();
    Costs part = summary.costs(group);
    Costs total = summary.total();
    return (layers == 1 ? "here 1 layer holds " : "here " + layers + " layers hold ")
        + share(part.parameters(), total.parameters())
        + " of the parameters"
        + lineBreak
        + (layers == 1 ? "and does " : "and do ")
        + share(part.multiplyAdds(), total.multiplyAdds())
        + " of the multiply-adds";
  }
}
