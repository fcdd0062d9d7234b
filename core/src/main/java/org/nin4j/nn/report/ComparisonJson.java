package org.nin4j.nn.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.nin4j.nn.Comparison;
import org.nin4j.nn.LayerGroup;
import org.nin4j.nn.Summary;

/** One object for each network, with the numbers of {@link ComparisonCsv}. */
final class ComparisonJson {
  private ComparisonJson() {}

  static String text(Comparison comparison) {
    return JsonOutput.of(
        json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("networks");
          for (Summary summary : comparison.summaries()) {
            json.writeStartObject();
            write(json, summary);
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private static void write(JsonGenerator json, Summary summary) throws IOException {
    json.writeStringField("network", summary.network().name());
    JsonOutput.shape(json, "input", summary.input());
    json.writeNumberField("classes", summary.network().classes());
    JsonOutput.costs(json, summary.total());
    json.writeObjectFieldStart("groups");
    for (LayerGroup group : LayerGroup.values()) {
      json.writeObjectFieldStart(group.key());
      JsonOutput.costs(json, summary.costs(group));
      json.writeEndObject();
    }
    json.writeEndObject();
    Summary.Row largest = summary.largest();
    json.writeObjectFieldStart("largest_layer");
    json.writeStringField("path", largest.path());
    json.writeStringField("description", largest.description());
    json.writeNumberField("parameters", largest.costs().parameters());
    json.writeEndObject();
  }
}
