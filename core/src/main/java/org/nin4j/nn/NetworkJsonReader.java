package org.nin4j.nn;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nin4j.internal.json.Json;
import org.nin4j.internal.json.JsonObject;

/** Builds a network from its JSON objects, strictly: what it does not know it refuses. */
final class NetworkJsonReader {
  private static final int DEEPEST_NESTING = 32;
  private static final int LONGEST_NAME = 100;
  private static final int MOST_LAYERS = 4096;
  private static final String IMAGE = "[channels, height, width]";
  private static final Size2d ONE = Size2d.of(1);
  private static final Size2d ZERO = Size2d.of(0);

  /** The fields of each layer type, without {@code type}. */
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

  private record Parts(String name, Shape input, Sequential layers) {}

  static Network read(String json, String source) {
    Parts parts = Json.object(json, source, "a network", new NetworkJsonReader()::parts);
    try {
      return new Network(parts.name(), parts.input(), parts.layers());
    } catch (ShapeException e) {
      throw new ShapeException(source + ": " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(source + ": layers cannot run: " + e.getMessage(), e);
    }
  }

  private Parts parts(JsonObject root) {
    root.allowOnly("network", List.of("name", "input", "layers"));
    String name = root.text("name");
    if (name.isBlank()
        || name.length() > LONGEST_NAME
        || name.chars().anyMatch(Character::isISOControl)) {
      throw root.defect("name", " must be one line of 1 to " + LONGEST_NAME + " characters");
    }
    return new Parts(name, image(root), sequential(root, 1));
  }

  /** (1, C, H, W) out of [C, H, W]. */
  private static Shape image(JsonObject root) {
    if (!root.isList("input")) {
      throw root.wrong("input", IMAGE);
    }
    List<Integer> image = root.intsAtLeast("input", 1);
    if (image.size() != 3) {
      throw root.wrong("input", IMAGE);
    }
    return Shape.of(1, image.get(0), image.get(1), image.get(2));
  }

  private Sequential sequential(JsonObject parent, int depth) {
    if (depth > DEEPEST_NESTING) {
      throw parent.defect("layers", " is nested deeper than " + DEEPEST_NESTING + " Sequentials");
    }
    List<Layer> read = parent.objects("layers", each -> layer(each, depth));
    if (read.isEmpty()) {
      throw parent.defect("layers", " needs at least one layer");
    }
    return new Sequential(read);
  }

  private Layer layer(JsonObject in, int depth) {
    if (++layers > MOST_LAYERS) {
      throw in.defect("", " is one layer too many: a network may have " + MOST_LAYERS);
    }
    String type = in.type("layer type", FIELDS);
    return type.equals("Sequential") ? sequential(in, depth + 1) : leaf(type, in);
  }

  private static Layer leaf(String type, JsonObject in) {
    return switch (type) {
      case "Conv2d" ->
          new Conv2d(
              count(in, "in_channels"),
              count(in, "out_channels"),
              size(in, "kernel_size", 1),
              size(in, "stride", 1, ONE),
              size(in, "padding", 0, ZERO),
              in.flag("bias", true));
      case "ReLU" -> new ReLU();
      case "MaxPool2d" ->
          new MaxPool2d(
              size(in, "kernel_size", 1),
              size(in, "stride", 1, size(in, "kernel_size", 1)),
              size(in, "padding", 0, ZERO),
              in.flag("ceil_mode", false));
      case "AvgPool2d" ->
          new AvgPool2d(
              size(in, "kernel_size", 1),
              size(in, "stride", 1, size(in, "kernel_size", 1)),
              size(in, "padding", 0, ZERO),
              in.flag("ceil_mode", false),
              in.flag("count_include_pad", true));
      case "AdaptiveAvgPool2d" -> new AdaptiveAvgPool2d(size(in, "output_size", 1));
      case "BatchNorm2d" ->
          new BatchNorm2d(
              count(in, "num_features"),
              in.floatNumber("eps", 1e-5f),
              in.floatNumber("momentum", 0.1f));
      case "Dropout" -> new Dropout(in.floatNumber("p", 0.5f));
      case "Flatten" -> new Flatten();
      case "Linear" ->
          new Linear(count(in, "in_features"), count(in, "out_features"), in.flag("bias", true));
      case "NinBlock" -> ninBlock(in, count(in, "out_channels"));
      default -> throw new AssertionError(type);
    };
  }

  private static Sequential ninBlock(JsonObject in, int out) {
    return NinBlock.of(
        count(in, "in_channels"),
        out,
        out,
        out,
        size(in, "kernel_size", 1),
        size(in, "stride", 1, ONE),
        size(in, "padding", 0, ZERO));
  }

  private static int count(JsonObject in, String name) {
    return in.intAtLeast(name, 1);
  }

  private static Size2d size(JsonObject in, String name, int minimum, Size2d otherwise) {
    return in.has(name) ? size(in, name, minimum) : otherwise;
  }

  /** A square's side, or [height, width]. */
  private static Size2d size(JsonObject in, String name, int minimum) {
    if (in.isList(name)) {
      List<Integer> sides = in.intsAtLeast(name, minimum);
      if (sides.size() == 2) {
        return size(in, name, sides.get(0), sides.get(1));
      }
    } else if (in.isWholeNumber(name)) {
      int side = in.intAtLeast(name, minimum);
      return size(in, name, side, side);
    }
    throw in.wrong(name, "a whole number or [height, width]");
  }

  private static Size2d size(JsonObject in, String name, int height, int width) {
    try {
      return new Size2d(height, width);
    } catch (IllegalArgumentException e) {
      throw in.defect(name, " cannot be built: " + e.getMessage());
    }
  }
}
