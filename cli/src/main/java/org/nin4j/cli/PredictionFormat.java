package org.nin4j.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.nin4j.Prediction.Ranked;

/** How predictions are printed, image by image. */
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
  /** One object a line, so that a long list can be read as it comes. */
  JSON {
    @Override
    void print(PrintWriter out, String image, List<Ranked> ranking) {
      ObjectNode json = MAPPER.createObjectNode();
      json.put("image", image);
      ArrayNode predictions = json.putArray("predictions");
      for (Ranked each : ranking) {
        predictions.addObject().put("label", each.label()).put("probability", each.probability());
      }
      out.println(json);
    }
  },
  CSV {
    @Override
    void begin(PrintWriter out) {
      out.println("image,rank,label,probability");
    }

    @Override
    void print(PrintWriter out, String image, List<Ranked> ranking) {
      for (int i = 0; i < ranking.size(); i++) {
        out.printf(
            Locale.ROOT,
            "%s,%d,%s,%.6f%n",
            quoted(image),
            i + 1,
            quoted(ranking.get(i).label()),
            ranking.get(i).probability());
      }
    }
  };

  private static final ObjectMapper MAPPER = new ObjectMapper();

  void begin(PrintWriter out) {}

  abstract void print(PrintWriter out, String image, List<Ranked> ranking);

  /** As RFC 4180 asks, where it asks. */
  private static String quoted(String value) {
    return value.matches("(?s).*[,\"\r\n].*") ? '"' + value.replace("\"", "\"\"") + '"' : value;
  }
}
