package org.nin4j.nn.report;

import org.nin4j.internal.json.JsonWriter;
import org.nin4j.nn.ReceptiveField;
import org.nin4j.nn.Summary;

/** One object for each row and one for the total, with the numbers of {@link SummaryCsv}. */
final class SummaryJson {
  private SummaryJson() {}

  static String text(Summary summary) {
    return JsonWriter.indented(
        json -> {
          json.text("network", summary.network().name());
          json.numbers("input", summary.input().dims());
          json.numbers("output", summary.output().dims());
          json.number("classes", summary.network().classes());
          json.objects("layers", summary.rows(), SummaryJson::row);
          json.object("total", total -> CostsJson.write(total, summary.total()));
        });
  }

  private static void row(JsonWriter json, Summary.Row row) {
    json.text("path", row.path());
    json.number("depth", row.depth());
    json.text("kind", row.layer().kind());
    json.text("description", row.description());
    json.numbers("output", row.output().dims());
    json.object("receptive_field", field -> write(field, row.receptiveField()));
    CostsJson.write(json, row.costs());
  }

  private static void write(JsonWriter json, ReceptiveField field) {
    json.number("height", field.height());
    json.number("width", field.width());
    json.number("stride_y", field.strideY());
    json.number("stride_x", field.strideX());
    json.number("top", field.top());
    json.number("left", field.left());
  }
}
