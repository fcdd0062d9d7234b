package org.nin4j.interchange.onnx;

import static org.nin4j.interchange.onnx.OnnxAttributes.integer;
import static org.nin4j.interchange.onnx.OnnxAttributes.list;
import static org.nin4j.interchange.onnx.OnnxAttributes.pads;
import static org.nin4j.interchange.onnx.OnnxAttributes.real;
import static org.nin4j.interchange.onnx.OnnxAttributes.size;
import static org.nin4j.interchange.onnx.OnnxAttributes.zeros;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.nin4j.nn.AdaptiveAvgPool2d;
import org.nin4j.nn.AvgPool2d;
import org.nin4j.nn.BatchNorm2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Dropout;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.LayerVisitor;
import org.nin4j.nn.Linear;
import org.nin4j.nn.MaxPool2d;
import org.nin4j.nn.Network;
import org.nin4j.nn.Parameter;
import org.nin4j.nn.PlacedLayer;
import org.nin4j.nn.ReLU;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;
import org.nin4j.nn.Size2d;

/**
 * The nodes of a network for inference, in the order in which they run. A layer's node has the
 * layer's path as its name and as that of its output; nodes that prepare its operands have longer
 * names. Dropout does nothing in inference and has no node.
 */
final class OnnxNodes implements LayerVisitor<Void> {
  private final Predicate<String> isQuantized;
  private final List<NodeProto> nodes = new ArrayList<>();
  private PlacedLayer placed;
  private String value = OnnxExporter.IMAGES; // what the last node has computed
  private Shape in;
  private Shape out;

  private OnnxNodes(Predicate<String> isQuantized) {
    this.isQuantized = isQuantized;
  }

  /**
   * Returns the nodes from {@link OnnxExporter#IMAGES} to {@link OnnxExporter#LOGITS}.
   *
   * @param isQuantized whether the layer at a path computes in 8-bit integers
   * @throws IllegalArgumentException when ONNX has no operator for a layer
   */
  static List<NodeProto> of(Network network, Predicate<String> isQuantized) {
    OnnxNodes graph = new OnnxNodes(isQuantized);
    List<PlacedLayer> leaves = network.layers().leaves();
    List<Shape> shapes = network.outputShapes();
    graph.out = network.input();
    for (int i = 0; i < leaves.size(); i++) {
      graph.placed = leaves.get(i);
      graph.in = graph.out;
      graph.out = shapes.get(i);
      graph.placed.layer().accept(graph);
    }
    // there is a last node: only a Flatten or a Linear makes (N, classes) of images
    graph.nodes.add(
        graph.nodes.remove(graph.nodes.size() - 1).toBuilder()
            .setOutput(0, OnnxExporter.LOGITS)
            .build());
    return graph.nodes;
  }

  @Override
  public Void visit(Conv2d layer) {
    return weighted(
        "Conv",
        size("kernel_shape", layer.kernel()),
        size("strides", layer.stride()),
        pads(layer.padding(), layer.padding()));
  }

  @Override
  public Void visit(Linear layer) {
    return weighted("Gemm", integer("transB", 1));
  }

  @Override
  public Void visit(ReLU layer) {
    return operator("Relu");
  }

  @Override
  public Void visit(MaxPool2d layer) {
    return operator(
        "MaxPool",
        windows(layer.kernel(), layer.stride(), layer.padding(), layer.ceilMode()).attributes());
  }

  /**
   * ONNX does not say what a window in ceil mode counts beyond the padding. Padding that counts is
   * added by a node of its own where there is such a window; then no padding is left to count.
   */
  @Override
  public Void visit(AvgPool2d layer) {
    PoolWindows windows =
        windows(layer.kernel(), layer.stride(), layer.padding(), layer.ceilMode());
    if (!layer.countIncludePad() || !windows.isPadded()) {
      return operator("AveragePool", windows.attributes());
    }
    if (!windows.isBeyondPadding()) {
      List<AttributeProto> attributes = new ArrayList<>(windows.inFloorMode());
      attributes.add(integer("count_include_pad", 1));
      return operator("AveragePool", attributes);
    }
    String pads = placed.path() + ".pads";
    node("Constant", pads, List.of(), list(windows.padding()));
    value = node("Pad", placed.path() + ".padded", List.of(value, pads));
    return operator("AveragePool", windows.ofPadded());
  }

  @Override
  public Void visit(AdaptiveAvgPool2d layer) {
    if (layer.output().equals(Size2d.of(1))) {
      return operator("GlobalAveragePool");
    }
    Optional<PoolAxis> rows = PoolAxis.adaptive(in.height(), out.height());
    Optional<PoolAxis> columns = PoolAxis.adaptive(in.width(), out.width());
    if (rows.isEmpty() || columns.isEmpty()) {
      throw new IllegalArgumentException(
          "layer "
              + placed.path()
              + " "
              + layer
              + " cannot be written as ONNX, which has no operator for means over windows of"
              + " several sizes; its input is "
              + in
              + ", so choose an output_size that divides "
              + in.height()
              + " and "
              + in.width());
    }
    return operator("AveragePool", new PoolWindows(rows.get(), columns.get(), false).attributes());
  }

  @Override
  public Void visit(BatchNorm2d layer) {
    return operator(
        "BatchNormalization",
        List.of(
            real("epsilon", layer.eps()),
            real("momentum", 1 - layer.momentum()))); // of the old statistics, not of the new
  }

  @Override
  public Void visit(Dropout layer) {
    return null;
  }

  @Override
  public Void visit(Flatten layer) {
    return operator("Flatten", List.of(integer("axis", 1)));
  }

  @Override
  public Void visit(Sequential layer) {
    throw new IllegalArgumentException("a container is written leaf by leaf");
  }

  private PoolWindows windows(Size2d kernel, Size2d stride, Size2d padding, boolean ceilMode) {
    return PoolWindows.sliding(in, out, kernel, stride, padding, ceilMode);
  }

  private Void operator(String type) {
    return operator(type, List.of());
  }

  /** The layer's parameters are the operator's further inputs, in ONNX's order as in ours. */
  private Void operator(String type, List<AttributeProto> attributes) {
    List<String> inputs = new ArrayList<>(List.of(value));
    placed.parameters().forEach(parameter -> inputs.add(parameter.name()));
    return layer(type, inputs, attributes);
  }

  /**
   * In 8-bit integers both operands are dequantized before the operator; the bias is a float. The
   * zero points of the weights could be left out, but ONNX Runtime needs them for a Gemm.
   */
  private Void weighted(String type, AttributeProto... attributes) {
    String path = placed.path();
    if (!isQuantized.test(path)) {
      return operator(type, List.of(attributes));
    }
    Parameter weight = placed.parameter(Parameter.Role.WEIGHT);
    String scale = path + ".input_scale";
    String zeroPoint = path + ".input_zero_point";
    String weightZeroPoint = path + ".weight_zero_point";
    String quantized =
        node("QuantizeLinear", path + ".input_quantized", List.of(value, scale, zeroPoint));
    List<String> inputs = new ArrayList<>();
    inputs.add(
        node(
            "DequantizeLinear", path + ".input_dequantized", List.of(quantized, scale, zeroPoint)));
    node("Constant", weightZeroPoint, List.of(), zeros(weight.shape().dim(0)));
    inputs.add(
        node(
            "DequantizeLinear",
            path + ".weight_dequantized",
            List.of(weight.name(), path + ".weight_scale", weightZeroPoint),
            integer("axis", 0)));
    placed.parameters().stream()
        .filter(parameter -> !parameter.equals(weight))
        .forEach(parameter -> inputs.add(parameter.name()));
    return layer(type, inputs, List.of(attributes));
  }

  private Void layer(String type, List<String> inputs, List<AttributeProto> attributes) {
    value = node(type, placed.path(), inputs, attributes.toArray(new AttributeProto[0]));
    return null;
  }

  /** Adds a node with one output of the same name, and returns that name. */
  private String node(String type, String name, List<String> inputs, AttributeProto... attributes) {
    nodes.add(
        NodeProto.newBuilder()
            .setOpType(type)
            .setName(name)
            .addAllInput(inputs)
            .addOutput(name)
            .addAllAttribute(List.of(attributes))
            .build());
    return name;
  }
}
