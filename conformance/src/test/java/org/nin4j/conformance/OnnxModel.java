package org.nin4j.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nin4j.engine.Weights;
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
 * A network for inference as an ONNX file: operator set 21, 32-bit floats, any batch size, from
 * {@code images} to {@code logits}. Field numbers are those of onnx.proto.
 */
public final class OnnxModel implements LayerVisitor<Boolean> {
  public static final String IMAGES = "images";
  public static final String LOGITS = "logits";

  private static final int IR_VERSION = 10;
  private static final int OPERATOR_SET = 21;
  private static final int FLOAT = 1;

  private final ProtoWriter graph = new ProtoWriter();
  private String value = IMAGES;
  private Shape shape;
  private PlacedLayer placed;

  private OnnxModel(Network network) {
    shape = network.input();
  }

  /** The file; nothing where a layer has no operator in ONNX. */
  public static Optional<byte[]> of(Network network, Weights weights) {
    OnnxModel model = new OnnxModel(network);
    for (PlacedLayer each : network.layers().leaves()) {
      model.placed = each;
      if (!each.layer().accept(model)) {
        return Optional.empty();
      }
      model.shape = each.layer().outputShape(model.shape);
    }
    return Optional.of(model.finish(network, weights));
  }

  private byte[] finish(Network network, Weights weights) {
    node("Identity", value, LOGITS, List.of());
    graph.text(2, network.name());
    for (int i = 0; i < weights.count(); i++) {
      Parameter parameter = weights.parameters().get(i);
      graph.message(
          5,
          new ProtoWriter()
              .numbers(1, Torch.dims(parameter.shape()))
              .number(2, FLOAT)
              .text(8, parameter.name())
              .bytes(9, ProtoWriter.littleEndian(weights.values(i))));
    }
    graph.message(11, tensor(IMAGES, network.input()));
    graph.message(12, tensor(LOGITS, Shape.of(1, network.classes())));
    return new ProtoWriter()
        .number(1, IR_VERSION)
        .message(7, graph)
        .message(8, new ProtoWriter().text(1, "").number(2, OPERATOR_SET))
        .toByteArray();
  }

  /** The first extent is the batch, which may be any. */
  private static ProtoWriter tensor(String name, Shape shape) {
    ProtoWriter extents = new ProtoWriter().message(1, new ProtoWriter().text(2, "N"));
    for (int i = 1; i < shape.rank(); i++) {
      extents.message(1, new ProtoWriter().number(1, shape.dim(i)));
    }
    ProtoWriter type = new ProtoWriter().number(1, FLOAT).message(2, extents);
    return new ProtoWriter().text(1, name).message(2, new ProtoWriter().message(1, type));
  }

  @Override
  public Boolean visit(Conv2d layer) {
    return operator(
        "Conv",
        integers("kernel_shape", longs(layer.kernel())),
        integers("strides", longs(layer.stride())),
        pads(layer.padding()));
  }

  @Override
  public Boolean visit(ReLU layer) {
    return operator("Relu");
  }

  @Override
  public Boolean visit(MaxPool2d layer) {
    return operator(
        "MaxPool",
        integers("kernel_shape", longs(layer.kernel())),
        integers("strides", longs(layer.stride())),
        pads(layer.padding()),
        integer("ceil_mode", layer.ceilMode() ? 1 : 0));
  }

  @Override
  public Boolean visit(AvgPool2d layer) {
    return operator(
        "AveragePool",
        integers("kernel_shape", longs(layer.kernel())),
        integers("strides", longs(layer.stride())),
        pads(layer.padding()),
        integer("ceil_mode", layer.ceilMode() ? 1 : 0),
        integer("count_include_pad", layer.countIncludePad() ? 1 : 0));
  }

  /** Only where all windows are of one size. */
  @Override
  public Boolean visit(AdaptiveAvgPool2d layer) {
    Size2d out = layer.output();
    if (shape.height() % out.height() != 0 || shape.width() % out.width() != 0) {
      return false;
    }
    Size2d window = new Size2d(shape.height() / out.height(), shape.width() / out.width());
    return operator(
        "AveragePool", integers("kernel_shape", longs(window)), integers("strides", longs(window)));
  }

  @Override
  public Boolean visit(BatchNorm2d layer) {
    return operator(
        "BatchNormalization",
        new ProtoWriter().text(1, "epsilon").real(2, layer.eps()).number(20, 1));
  }

  @Override
  public Boolean visit(Dropout layer) {
    return true;
  }

  @Override
  public Boolean visit(Flatten layer) {
    return operator("Flatten");
  }

  @Override
  public Boolean visit(Linear layer) {
    return operator("Gemm", integer("transB", 1));
  }

  @Override
  public Boolean visit(Sequential layer) {
    throw new IllegalArgumentException("a container is written leaf by leaf");
  }

  private Boolean operator(String type, ProtoWriter... attributes) {
    String output = placed.path();
    node(type, value, output, List.of(attributes));
    value = output;
    return true;
  }

  /** The layer's parameters are the operator's further inputs, in ONNX's order as in ours. */
  private void node(String type, String input, String output, List<ProtoWriter> attributes) {
    ProtoWriter node = new ProtoWriter().text(1, input);
    if (!output.equals(LOGITS)) {
      placed.parameters().forEach(parameter -> node.text(1, parameter.name()));
    }
    node.text(2, output).text(4, type);
    attributes.forEach(attribute -> node.message(5, attribute));
    graph.message(1, node);
  }

  private static ProtoWriter integer(String name, long value) {
    return new ProtoWriter().text(1, name).number(3, value).number(20, 2);
  }

  private static ProtoWriter integers(String name, long... values) {
    return new ProtoWriter().text(1, name).numbers(8, values).number(20, 7);
  }

  /** Top, left, bottom, right. */
  private static ProtoWriter pads(Size2d padding) {
    List<Long> pads = new ArrayList<>();
    for (int side = 0; side < 2; side++) {
      pads.add((long) padding.height());
      pads.add((long) padding.width());
    }
    return integers("pads", pads.stream().mapToLong(Long::longValue).toArray());
  }

  private static long[] longs(Size2d size) {
    return new long[] {size.height(), size.width()};
  }
}
