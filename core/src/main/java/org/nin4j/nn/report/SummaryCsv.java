package org.nin4j.nn.report;

import org.nin4j.internal.Csv;
import org.nin4j.nn.Costs;
import org.nin4j.nn.Summary;

/** One line for each row and one for the total, with the numbers of {@link SummaryJson}. */
final class SummaryCsv {
  private SummaryCsv() {}

  static String text(Summary summary) {
    StringBuilder text = new StringBuilder();
    text.append(
        Csv.line(
            "path",
            "depth",
            "kind",
            "description",
            "output",
            "kernels",
            "kernel_applications",
            "parameters",
            "multiply_adds",
            "activation_bytes"));
    for (Summary.Row row : summary.rows()) {
      String kind = row.layer().kind();
      text.append(
          line(row.path(), row.depth(), kind, row.description(), row.output(), row.costs()));
    }
    String name = summary.network().name();
    return text.append(line("total", 0, "Network", name, summary.output(), summary.total()))
        .toString();
  }

  private static String line(
      String path, int depth, String kind, String description, Object output, Costs costs) {
    return Csv.line(
        path,
        depth,
        kind,
        description,
        output,
        costs.kernels(),
        costs.kernelApplications(),
        costs.parameters(),
        costs.multiplyAdds(),
        costs.activationBytes());
  }
}
