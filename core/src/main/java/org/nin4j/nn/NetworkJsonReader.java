package org.nin4j.nn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds a network from its JSON objects, strictly: what it does not know it refuses. */
final class NetworkJsonReader {
  private static final int DEEPEST_NESTING = 32;
  private static final int LONGEST_NAME = 100;
  private static final int MOST_LAYERS = 4096;
  private static final Size2d ONE = Size2d.of(1);
  private static final Size2d ZERO = Size2d.of(0);

  /** The fields of each layer type beside {@code type}. */
  private static final Map<String, List<String>> FIELDS = fields();

  private int layers;

  private static Map<String, List<String>> fields() {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    fields.put(
        "Conv2d",
        List.of("in_channels", "out_channels", "kernel_size", "stride", "padding", "bias"));
    fields.put("ReLU", List.of());
    fields.put("MaxPool2d", List.of("kernel_size", "stride", "padding", "ceil_mode"));
    fields.put(
        "AvgPool2d", List.of("kernel_size", "stride", "padding", "ceil_mode", "count_include_pad"));
    fields.put("AdaptiveAvgPool2d", List.of("output_size"));
    fields.put("BatchNorm2d", List.of("num_features", "eps", "momentum"));
    fields.put("Dropout", List.of("p"));
    fields.put("Flatten", List.of());
    fields.put("Linear", List.of("in_features", "out_features", "bias"));
    fields.put("Sequential", List.of("layers"));
    fields.put(
        "NinBlock", List.of("in_channels", "out_channels", "kernel_size", "stride", "padding"));
    return fields;
  }

  static Network read(String json, String source) {
    JsonFields root = JsonFields.root(source, JsonText.parse(json, source));
    root.allowOnly("network", List.of("name", "input", "layers"));
    String name = root.text("name");
    if (name.isBlank()
        || name.length() > LONGEST_NAME
        || name.chars().anyMatch(Character::isISOControl)) {
      throw root.defect("name", " must be one line of 1 to " + LONGEST_NAME + " characters");
    }
    Shape input = root.image("input");
    Sequential layers = new NetworkJsonReader().sequential(root, 1);
    try {
      return new Network(name, input, layers);
    } catch (ShapeException e) {
      throw new ShapeException(source + ": " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(source + ": layers cannot run: " + e.getMessage(), e);
    }
  }

  private Sequential sequential(JsonFields parent, int depth) {
    if (depth > DEEPEST_NESTING) {
      throw parent.defect("layers", " is nested deeper than " + DEEPEST_NESTING + " Sequentials");
    }
    List<Layer> read = new ArrayList<>();
    for (JsonFields each : parent.objects("layers")) {
      read.add(layer(each, depth));
    }
    return new Sequential(read);
  }

  private Layer layer(JsonFields in, int depth) {
    if (++layers > MOST_LAYERS) {
      throw in.defect("", " is one layer too many: a network may have " + MOST_LAYERS);
    }
    String type = in.text("type");
    if (!FIELDS.containsKey(type)) {
      throw in.defect(
          "type",
          ": "
              + Suggestion.unknown(
                  "layer type", JsonFields.brief(type), List.copyOf(FIELDS.keySet())));
    }
    List<String> known = new ArrayList<>(List.of("type"));
    known.addAll(FIELDS.get(type));
    in.allowOnly(type, known);
    return type.equals("Sequential") ? sequential(in, depth + 1) : in.naming(() -> leaf(type, in));
  }

  private static Layer leaf(String type, JsonFields in) {
    return switch (type) {
      case "Conv2d" ->
          new Conv2d(
              in.wholeNumber("in_channels"),
              in.wholeNumber("out_channels"),
              in.size("kernel_size", 1),
              in.size("stride", 1, ONE),
              in.size("padding", 0, ZERO),
              in.flag("bias", true));
      case "ReLU" -> new ReLU();
      case "MaxPool2d" ->
          new MaxPool2d(
              in.size("kernel_size", 1),
              in.size("stride", 1, in.size("kernel_size", 1)),
              in.size("padding", 0, ZERO),
              in.flag("ceil_mode", false));
      case "AvgPool2d" ->
          new AvgPool2d(
              in.size("kernel_size", 1),
              in.size("stride", 1, in.size("kernel_size", 1)),
              in.size("padding", 0, ZERO),
              in.flag("ceil_mode", false),
              in.flag("count_include_pad", true));
      case "AdaptiveAvgPool2d" -> new AdaptiveAvgPool2d(in.size("output_size", 1));
      case "BatchNorm2d" ->
          new BatchNorm2d(
              in.wholeNumber("num_features"), in.number("eps", 1e-5f), in.number("momentum", 0.1f));
      case "Dropout" -> new Dropout(in.number("p", 0.5f));
      case "Flatten" -> new Flatten();
      case "Linear" ->
          new Linear(
              in.wholeNumber("in_features"), in.wholeNumber("out_features"), in.flag("bias", true));
      case "NinBlock" -> ninBlock(in, in.wholeNumber("out_channels"));
      default -> throw new AssertionError(type);
    };
  }

  private static Sequential ninBlock(JsonFields in, int out) {
    return NinBlock.of(
        in.wholeNumber("in_channels"),
        out,
        out,
        out,
        in.size("kernel_size", 1),
        in.size("stride", 1, ONE),
        in.size("padding", 0, ZERO));
  }
}
