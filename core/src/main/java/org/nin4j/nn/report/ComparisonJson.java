package org.nin4j.nn.report;

import org.nin4j.internal.json.JsonWriter;
import org.nin4j.nn.Comparison;
import org.nin4j.nn.LayerGroup;
import org.nin4j.nn.Summary;

/** One object for each network, with the numbers of {@link ComparisonCsv}. */
final class ComparisonJson {
  private ComparisonJson() {}

  static String text(Comparison comparison) {
    return JsonWriter.indented(
        json -> json.objects("networks", comparison.summaries(), ComparisonJson::network));
  }

  private static void network(JsonWriter json, Summary summary) {
    json.text("network", summary.network().name());
    json.numbers("input", summary.input().dims());
    json.number("classes", summary.network().classes());
    CostsJson.write(json, summary.total());
    json.object("groups", groups -> groups(groups, summary));
    Summary.Row largest = summary.largest();
    json.object(
        "largest_layer",
        layer -> {
          layer.text("path", largest.path());
          layer.text("description", largest.description());
          layer.number("parameters", largest.costs().parameters());
        });
  }

  private static void groups(JsonWriter json, Summary summary) {
    for (LayerGroup group : LayerGroup.values()) {
      json.object(group.key(), costs -> CostsJson.write(costs, summary.costs(group)));
    }
  }
}
