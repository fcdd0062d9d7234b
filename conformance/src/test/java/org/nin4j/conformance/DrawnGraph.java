package org.nin4j.conformance;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.SplittableRandom;
import org.nin4j.interchange.onnx.OnnxExporter;

/** A chain of nodes under construction, with weights that are drawn at random. */
final class DrawnGraph {
  private final SplittableRandom random;
  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("random");
  private String value = OnnxExporter.IMAGES;
  private int names;

  DrawnGraph(SplittableRandom random) {
    this.random = random;
  }

  /** What the last node has computed. */
  String value() {
    return value;
  }

  /** Weights in one of the forms that a file may hold them in. */
  String tensor(boolean signed, int... dims) {
    int count = 1;
    for (int dim : dims) {
      count *= dim;
    }
    double bound = dims.length > 1 ? Math.sqrt(3.0 * dims[0] / count) : 1;
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] =
          (float) (signed ? bound * (2 * random.nextDouble() - 1) : 0.5 + random.nextDouble());
    }
    TensorProto.Builder tensor = TensorProto.newBuilder();
    for (int dim : dims) {
      tensor.addDims(dim);
    }
    int type = new int[] {1, 1, 1, 10, 11}[random.nextInt(5)];
    fill(tensor.setDataType(type), type, values);
    String name = name();
    if (random.nextInt(4) == 0) {
      AttributeProto attribute =
          AttributeProto.newBuilder()
              .setName("value")
              .setType(AttributeType.TENSOR)
              .setT(tensor)
              .build();
      constant("Constant", List.of(attribute), name);
    } else {
      graph.addInitializer(tensor.setName(name));
      if (random.nextInt(4) == 0) {
        graph.addInput(OnnxParts.value(name, type, tensor.getDimsList()));
      }
    }
    if (type != 1) {
      String cast = name();
      constant("Cast", List.of(OnnxParts.integer("to", 1)), cast, name);
      name = cast;
    } else if (random.nextInt(5) == 0) {
      String same = name();
      constant("Identity", List.of(), same, name);
      name = same;
    }
    return name;
  }

  private void fill(TensorProto.Builder tensor, int type, float[] values) {
    boolean raw = random.nextBoolean();
    ByteBuffer bytes = ByteBuffer.allocate(values.length * 8).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      switch (type) {
        case 1 -> {
          bytes.putFloat(value);
          if (!raw) {
            tensor.addFloatData(value);
          }
        }
        case 11 -> {
          bytes.putDouble(value);
          if (!raw) {
            tensor.addDoubleData(value);
          }
        }
        default -> {
          // a half of 5 bits exponent and 10 bits fraction, between 2^-14 and 4
          int exponent = 8 + random.nextInt(8);
          int half = random.nextInt(1024) | (exponent << 10) | (value < 0 ? 1 << 15 : 0);
          bytes.putShort((short) half);
          if (!raw) {
            tensor.addInt32Data(half);
          }
        }
      }
    }
    if (raw) {
      tensor.setRawData(ByteString.copyFrom(bytes.flip()));
    }
  }

  String integers64(long... values) {
    String name = name();
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(7).addDims(values.length);
    for (long each : values) {
      tensor.addInt64Data(each);
    }
    graph.addInitializer(tensor);
    return name;
  }

  String scalar(float each) {
    String name = name();
    graph.addInitializer(TensorProto.newBuilder().setName(name).setDataType(1).addFloatData(each));
    return name;
  }

  void constant(String type, List<AttributeProto> attributes, String output, String... inputs) {
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType(type)
            .setName(output)
            .addAllInput(List.of(inputs))
            .addOutput(output)
            .addAllAttribute(attributes));
  }

  void node(String type, List<AttributeProto> attributes, String... inputs) {
    String output = name();
    constant(type, attributes, output, inputs);
    value = output;
  }

  String name() {
    return "v" + names++;
  }

  /**
   * The graph, from the images to what the last node computes.
   *
   * @param input (C, H, W)
   */
  ModelProto model(long opset, int[] input, int classes) {
    graph.addInput(
        OnnxParts.value(
            OnnxExporter.IMAGES,
            1,
            List.of(-1L, (long) input[0], (long) input[1], (long) input[2])));
    graph.addOutput(OnnxParts.value(value, 1, List.of(-1L, (long) classes)));
    return ModelProto.newBuilder()
        .setIrVersion(opset < 10 ? 3 + random.nextInt(5) : 8)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
        .setGraph(graph)
        .build();
  }
}
