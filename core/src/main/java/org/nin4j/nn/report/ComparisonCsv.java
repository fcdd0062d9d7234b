package org.nin4j.nn.report;

import java.util.ArrayList;
import java.util.List;
import org.nin4j.internal.Csv;
import org.nin4j.nn.Comparison;
import org.nin4j.nn.LayerGroup;
import org.nin4j.nn.Summary;

/** One line for each network, with the numbers of {@link ComparisonJson}. */
final class ComparisonCsv {
  private ComparisonCsv() {}

  static String text(Comparison comparison) {
    List<String> header =
        new ArrayList<>(
            List.of(
                "network", "input", "classes", "parameters", "multiply_adds", "activation_bytes"));
    for (LayerGroup group : LayerGroup.values()) {
      header.add("parameters_" + group.key());
      header.add("multiply_adds_" + group.key());
    }
    header.addAll(List.of("largest_layer", "largest_description", "largest_parameters"));
    StringBuilder text = new StringBuilder(Csv.line(header));
    comparison.summaries().forEach(summary -> text.append(Csv.line(cells(summary))));
    return text.toString();
  }

  private static List<Object> cells(Summary summary) {
    List<Object> cells =
        new ArrayList<>(
            List.of(
                summary.network().name(),
                summary.input(),
                summary.network().classes(),
                summary.total().parameters(),
                summary.total().multiplyAdds(),
                summary.total().activationBytes()));
    for (LayerGroup group : LayerGroup.values()) {
      cells.add(summary.costs(group).parameters());
      cells.add(summary.costs(group).multiplyAdds());
    }
    Summary.Row largest = summary.largest();
    cells.addAll(List.of(largest.path(), largest.description(), largest.costs().parameters()));
    return cells;
  }
}
