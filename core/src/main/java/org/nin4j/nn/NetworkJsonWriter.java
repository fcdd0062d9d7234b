package org.nin4j.nn;

import java.util.List;
import org.nin4j.internal.json.JsonWriter;

/** Writes one line for each layer, in the words that {@link NetworkJsonReader} reads. */
final class NetworkJsonWriter implements LayerVisitor<String> {
  private final String indent;

  private NetworkJsonWriter(String indent) {
    this.indent = indent;
  }

  static String write(Network network) {
    Shape input = network.input();
    return """
        {
          "name": %s,
          "input": [%d, %d, %d],
          "layers": %s
        }
        """
        .formatted(
            JsonWriter.quoted(network.name()),
            input.channels(),
            input.height(),
            input.width(),
            new NetworkJsonWriter("  ").list(network.layers().layers()));
  }

  private String list(List<Layer> layers) {
    NetworkJsonWriter inner = new NetworkJsonWriter(indent + "  ");
    List<String> lines = layers.stream().map(layer -> inner.indent + layer.accept(inner)).toList();
    return "[\n" + String.join(",\n", lines) + "\n" + indent + "]";
  }

  @Override
  public String visit(Conv2d layer) {
    return object(
        layer,
        field("in_channels", layer.inChannels()),
        field("out_channels", layer.outChannels()),
        size("kernel_size", layer.kernel()),
        size("stride", layer.stride()),
        size("padding", layer.padding()),
        field("bias", layer.bias()));
  }

  @Override
  public String visit(ReLU layer) {
    return object(layer);
  }

  @Override
  public String visit(MaxPool2d layer) {
    return object(
        layer,
        size("kernel_size", layer.kernel()),
        size("stride", layer.stride()),
        size("padding", layer.padding()),
        field("ceil_mode", layer.ceilMode()));
  }

  @Override
  public String visit(AvgPool2d layer) {
    return object(
        layer,
        size("kernel_size", layer.kernel()),
        size("stride", layer.stride()),
        size("padding", layer.padding()),
        field("ceil_mode", layer.ceilMode()),
        field("count_include_pad", layer.countIncludePad()));
  }

  @Override
  public String visit(AdaptiveAvgPool2d layer) {
    return object(layer, size("output_size", layer.output()));
  }

  @Override
  public String visit(BatchNorm2d layer) {
    return object(
        layer,
        field("num_features", layer.features()),
        field("eps", layer.eps()),
        field("momentum", layer.momentum()));
  }

  @Override
  public String visit(Dropout layer) {
    return object(layer, field("p", layer.p()));
  }

  @Override
  public String visit(Flatten layer) {
    return object(layer);
  }

  @Override
  public String visit(Linear layer) {
    return object(
        layer,
        field("in_features", layer.inFeatures()),
        field("out_features", layer.outFeatures()),
        field("bias", layer.bias()));
  }

  @Override
  public String visit(Sequential layer) {
    return object(layer, field("layers", list(layer.layers())));
  }

  private static String object(Layer layer, String... fields) {
    String type = "{\"type\": \"" + layer.kind() + "\"";
    return fields.length == 0 ? type + "}" : type + ", " + String.join(", ", fields) + "}";
  }

  private static String field(String name, Object value) {
    return "\"" + name + "\": " + value;
  }

  private static String size(String name, Size2d size) {
    return field(name, "[" + size.height() + ", " + size.width() + "]");
  }
}
