package org.nin4j.interchange.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.util.List;
import java.util.stream.LongStream;

/** Builds the graphs of tests: a chain from {@code x}, whose nodes are called n0, n1, ... */
final class TestGraph {
  final GraphProto.Builder graph = GraphProto.newBuilder().setName("test");
  private final long opset;
  private String value = "x";

  /**
   * @param input (N, C, H, W); -1 is left open
   */
  TestGraph(long opset, long... input) {
    this.opset = opset;
    graph.addInput(value("x", 1, input));
  }

  /** A node that continues the chain, with constants as its further inputs. */
  TestGraph then(String type, List<String> constants, AttributeProto... attributes) {
    String output = "n" + graph.getNodeCount();
    graph.addNode(
        NodeProto.newBuilder()
            .setName(output)
            .setOpType(type)
            .addInput(value)
            .addAllInput(constants)
            .addOutput(output)
            .addAllAttribute(List.of(attributes)));
    value = output;
    return this;
  }

  TestGraph then(String type, AttributeProto... attributes) {
    return then(type, List.of(), attributes);
  }

  /** A node beside the chain. */
  TestGraph node(String type, List<String> inputs, String output, AttributeProto... attributes) {
    graph.addNode(
        NodeProto.newBuilder()
            .setName(output)
            .setOpType(type)
            .addAllInput(inputs)
            .addOutput(output)
            .addAllAttribute(List.of(attributes)));
    return this;
  }

  /** A convolution with weights 1, 2, 3, ... and no bias. */
  TestGraph conv(int outputs, int inputs, int rows, int columns, AttributeProto... attributes) {
    String weight = "w" + graph.getInitializerCount();
    return floats(weight, outputs, inputs, rows, columns).then("Conv", List.of(weight), attributes);
  }

  /** An initializer 1, 2, 3, ... */
  TestGraph floats(String name, long... dims) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(1);
    long count = LongStream.of(dims).peek(tensor::addDims).reduce(1, (a, b) -> a * b);
    for (int i = 0; i < count; i++) {
      tensor.addFloatData(i + 1);
    }
    graph.addInitializer(tensor);
    return this;
  }

  TestGraph list(String name, long... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(7).addDims(values.length);
    LongStream.of(values).forEach(tensor::addInt64Data);
    graph.addInitializer(tensor);
    return this;
  }

  TestGraph scalar(String name, float number) {
    graph.addInitializer(
        TensorProto.newBuilder().setName(name).setDataType(1).addFloatData(number));
    return this;
  }

  TestGraph tensor(TensorProto.Builder tensor) {
    graph.addInitializer(tensor);
    return this;
  }

  /** Ends with the logits. */
  TestGraph end() {
    return then("GlobalAveragePool").then("Flatten");
  }

  String value() {
    return value;
  }

  ModelProto model() {
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .setProducerName("test")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
        .setGraph(graph.clone().addOutput(ValueInfoProto.newBuilder().setName(value)))
        .build();
  }

  static ValueInfoProto value(String name, int type, long... dims) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long dim : dims) {
      if (dim < 0) {
        shape.addDimBuilder().setDimParam("open");
      } else {
        shape.addDimBuilder().setDimValue(dim);
      }
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(TypeProto.Tensor.newBuilder().setElemType(type).setShape(shape)))
        .build();
  }

  static AttributeProto text(String name, String text) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.STRING)
        .setS(ByteString.copyFromUtf8(text))
        .build();
  }
}
