package org.nin4j.nn.report;

import org.nin4j.nn.Summary;

/** One object for each row and one for the total, with the numbers of {@link SummaryCsv}. */
final class SummaryJson {
  private SummaryJson() {}

  static String text(Summary summary) {
    return JsonOutput.of(
        json -> {
          json.writeStartObject();
          json.writeStringField("network", summary.network().name());
          JsonOutput.shape(json, "input", summary.input());
          JsonOutput.shape(json, "output", summary.output());
          json.writeNumberField("classes", summary.network().classes());
          json.writeArrayFieldStart("layers");
          for (Summary.Row row : summary.rows()) {
            json.writeStartObject();
            json.writeStringField("path", row.path());
            json.writeNumberField("depth", row.depth());
            json.writeStringField("kind", row.layer().kind());
            json.writeStringField("description", row.description());
            JsonOutput.shape(json, "output", row.output());
            JsonOutput.costs(json, row.costs());
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeObjectFieldStart("total");
          JsonOutput.costs(json, summary.total());
          json.writeEndObject();
          json.writeEndObject();
        });
  }
}
