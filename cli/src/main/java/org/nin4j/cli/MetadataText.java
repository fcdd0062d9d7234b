package org.nin4j.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.nin4j.data.Preprocessing;
import org.nin4j.data.PreprocessingStep;
import org.nin4j.internal.Quoted;
import org.nin4j.internal.json.Json;
import org.nin4j.io.PreprocessingJson;
import org.nin4j.nn.Network;
import org.nin4j.nn.NetworkJson;
import org.nin4j.nn.Summary;

/**
 * The metadata of a model file in a line each. Those of our own models are shown as what they are.
 */
final class MetadataText {
  private static final int LONGEST = 100;

  private MetadataText() {}

  /** Returns the entries, with values that fit on a line. */
  static Map<String, String> of(Map<String, String> metadata) {
    boolean ours = "nin4j".equals(metadata.get("format"));
    Map<String, String> lines = new LinkedHashMap<>();
    metadata.forEach((key, value) -> lines.put(key, ours ? ours(key, value) : brief(value)));
    return lines;
  }

  private static String ours(String key, String value) {
    try {
      return switch (key) {
        case "architecture" -> network(NetworkJson.read(value, key));
        case "classes" -> ListedNames.brief(Json.texts(value, key, key));
        case "preprocessing" -> preprocessing(PreprocessingJson.read(value, key));
        default -> brief(value);
      };
    } catch (IllegalArgumentException e) {
      return brief(value); // it is not what it should be, and reading the model will say so
    }
  }

  private static String network(Network network) {
    return String.format(
        Locale.ROOT,
        "%s: %s -> %d classes, %,d parameters",
        network.name(),
        network.input(),
        network.classes(),
        Summary.of(network).total().parameters());
  }

  private static String preprocessing(Preprocessing preprocessing) {
    return String.join(
        "; ", preprocessing.steps().stream().map(PreprocessingStep::description).toList());
  }

  private static String brief(String value) {
    String start = Quoted.printable(value, LONGEST);
    return value.length() <= LONGEST
        ? start
        : String.format(Locale.ROOT, "%s (%,d characters)", start, value.length());
  }
}
