package org.nin4j.nn.report;

import java.util.ArrayList;
import java.util.List;
import org.nin4j.internal.Csv;
import org.nin4j.nn.Costs;
import org.nin4j.nn.ReceptiveField;
import org.nin4j.nn.Summary;

/** One line for each row and one for the total, with the numbers of {@link SummaryJson}. */
final class SummaryCsv {
  private static final List<String> HEADER =
      List.of(
          "path",
          "depth",
          "kind",
          "description",
          "output",
          "field_height",
          "field_width",
          "field_stride_y",
          "field_stride_x",
          "field_top",
          "field_left",
          "kernels",
          "kernel_applications",
          "parameters",
          "multiply_adds",
          "activation_bytes");

  private SummaryCsv() {}

  static String text(Summary summary) {
    StringBuilder text = new StringBuilder(Csv.line(HEADER));
    for (Summary.Row row : summary.rows()) {
      List<Object> layer =
          List.of(row.path(), row.depth(), row.layer().kind(), row.description(), row.output());
      text.append(line(layer, row.receptiveField(), row.costs()));
    }
    List<Object> network =
        List.of("total", 0, "Network", summary.network().name(), summary.output());
    return text.append(line(network, summary.receptiveField(), summary.total())).toString();
  }

  private static String line(List<Object> layer, ReceptiveField field, Costs costs) {
    List<Object> cells = new ArrayList<>(layer);
    cells.addAll(
        List.of(
            field.height(),
            field.width(),
            field.strideY(),
            field.strideX(),
            field.top(),
            field.left(),
            costs.kernels(),
            costs.kernelApplications(),
            costs.parameters(),
            costs.multiplyAdds(),
            costs.activationBytes()));
    return Csv.line(cells);
  }
}
