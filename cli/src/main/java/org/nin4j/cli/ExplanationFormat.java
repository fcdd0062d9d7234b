package org.nin4j.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.nin4j.explain.ClassMaps;
import org.nin4j.explain.ClassScore;
import org.nin4j.explain.Explanation;
import org.nin4j.explain.HeatMap;
import org.nin4j.internal.json.JsonWriter;

/** The output formats of {@code nin explain}. */
enum ExplanationFormat {
  TEXT {
    @Override
    void print(PrintWriter out, ExplainedImage explained) {
      Explanation explanation = explained.explanation();
      PredictionFormat.TEXT.print(
          out, explained.image().toString(), explanation.prediction().top(TOP));
      out.println();
      ClassScore score = explanation.score();
      out.printf(Locale.ROOT, "explained: %s, %.1f %%%n", score.label(), 100 * score.probability());
      out.println(explanation.reason());
      explained.files().forEach(file -> out.println("written: " + file));
    }
  },
  JSON {
    @Override
    void print(PrintWriter out, ExplainedImage explained) {
      out.print(JsonWriter.indented(json -> write(json, explained)));
    }
  };

  private static final int TOP = 3;

  abstract void print(PrintWriter out, ExplainedImage explained);

  private static void write(JsonWriter json, ExplainedImage explained) {
    Explanation explanation = explained.explanation();
    json.text("image", explained.image().toString());
    json.text("class", explanation.score().label());
    json.text("method", explanation.method().toString());
    json.text("reason", explanation.reason());
    json.object(
        "region",
        region -> {
          region.number("top", explanation.region().top());
          region.number("left", explanation.region().left());
          region.number("height", explanation.region().height());
          region.number("width", explanation.region().width());
        });
    json.numberRows("heat_map", rows(explanation.heatMap()));
    List<Integer> labels = new ArrayList<>();
    for (int label = 0; label < explanation.scores().size(); label++) {
      labels.add(label);
    }
    json.objects("classes", labels, (object, label) -> write(object, explanation, label));
    json.texts("files", explained.files().stream().map(Object::toString).toList());
  }

  private static void write(JsonWriter json, Explanation explanation, int label) {
    ClassScore score = explanation.scores().get(label);
    json.text("class", score.label());
    json.number("logit", score.logit());
    json.number("probability", score.probability());
    if (explanation.classMaps().isPresent()) {
      ClassMaps maps = explanation.classMaps().get();
      json.numberRows("map", rows(maps.afterRelu(label))); // its mean is the logit
      if (maps.hasRelu()) {
        json.numberRows("map_before_relu", rows(maps.beforeRelu(label)));
      }
    }
  }

  private static List<List<Float>> rows(HeatMap map) {
    List<List<Float>> rows = new ArrayList<>();
    for (int y = 0; y < map.height(); y++) {
      List<Float> row = new ArrayList<>();
      for (int x = 0; x < map.width(); x++) {
        row.add(map.at(y, x));
      }
      rows.add(row);
    }
    return rows;
  }
}
