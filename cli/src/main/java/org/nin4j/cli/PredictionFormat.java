package org.nin4j.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.nin4j.Prediction.Ranked;
import org.nin4j.internal.Csv;
import org.nin4j.internal.json.JsonWriter;

/** The output formats of {@code nin predict}, which print image by image. */
enum PredictionFormat {
  TEXT {
    @Override
    void print(PrintWriter out, String image, List<Ranked> ranking) {
      out.println(image);
      for (Ranked each : ranking) {
        out.printf(Locale.ROOT, "  %5.1f %%  %s%n", 100 * each.probability(), each.label());
      }
    }
  },
  /** One JSON object per line, so that a long list can be processed while it is printed. */
  JSON {
    @Override
    void print(PrintWriter out, String image, List<Ranked> ranking) {
      String json =
          JsonWriter.line(
              object -> {
                object.text("image", image);
                object.objects("predictions", ranking, PredictionFormat::ranked);
              });
      out.println(json);
    }
  },
  CSV {
    @Override
    void begin(PrintWriter out) {
      out.print(Csv.line("image", "rank", "label", "probability"));
    }

    @Override
    void print(PrintWriter out, String image, List<Ranked> ranking) {
      for (int i = 0; i < ranking.size(); i++) {
        Ranked each = ranking.get(i);
        out.print(Csv.line(image, i + 1, each.label(), Csv.fixed(each.probability(), 6)));
      }
    }
  };

  void begin(PrintWriter out) {}

  abstract void print(PrintWriter out, String image, List<Ranked> ranking);

  private static void ranked(JsonWriter json, Ranked each) {
    json.text("label", each.label());
    json.number("probability", each.probability());
  }
}
