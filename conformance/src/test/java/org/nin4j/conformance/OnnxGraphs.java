package org.nin4j.conformance;

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
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.nin4j.interchange.onnx.OnnxExporter;

/**
 * Random chains of ONNX operators, in all the forms in which exporters write them; the same seed
 * makes the same graph. Whether windows fit is left to who reads the graph.
 */
final class OnnxGraphs {
  private static final long LARGEST_OPSET = 22;

  private final SplittableRandom random;
  private final long opset;
  private final int[] input;
  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("random");
  private String value = OnnxExporter.IMAGES;
  private int channels;
  private int names;

  private OnnxGraphs(long seed) {
    random = new SplittableRandom(seed);
    opset = random.nextLong(7, LARGEST_OPSET + 1);
    input = new int[] {1 + random.nextInt(4), 4 + random.nextInt(9), 4 + random.nextInt(9)};
    channels = input[0];
  }

  /** The graph of a seed, which takes (N, C, H, W) of any N. */
  static ModelProto draw(long seed) {
    OnnxGraphs drawn = new OnnxGraphs(seed);
    drawn.build();
    return drawn.model();
  }

  private void build() {
    int layers = 1 + random.nextInt(5);
    for (int i = 0; i < layers; i++) {
      switch (random.nextInt(8)) {
        case 0, 1, 2 -> conv();
        case 3 -> relu();
        case 4, 5 -> pool();
        case 6 -> batchNormalization();
        default -> nothing();
      }
    }
    features();
    if (channels == 1 || random.nextBoolean()) {
      linear();
    }
  }

  private void conv() {
    int rows = 1 + random.nextInt(3);
    int columns = 1 + random.nextInt(4);
    int outputs = 2 + random.nextInt(5);
    if (random.nextInt(4) == 0) {
      pad();
    }
    List<AttributeProto> attributes =
        new ArrayList<>(window(rows, columns, random.nextInt(3) == 0));
    String weight = tensor(true, outputs, channels, rows, columns);
    if (random.nextBoolean()) {
      attributes.add(integers("kernel_shape", rows, columns));
    }
    if (random.nextBoolean()) {
      node("Conv", attributes, value, weight, tensor(true, outputs));
    } else if (random.nextBoolean()) {
      node("Conv", attributes, value, weight);
    } else {
      node("Conv", attributes, value, weight);
      node("Add", List.of(), value, tensor(true, outputs, 1, 1));
    }
    channels = outputs;
  }

  private List<AttributeProto> window(int rows, int columns, boolean auto) {
    List<AttributeProto> attributes = new ArrayList<>();
    if (random.nextBoolean()) {
      attributes.add(integers("strides", 1 + random.nextInt(3), 1 + random.nextInt(2)));
    }
    if (auto) {
      String[] kinds = {"VALID", "SAME_UPPER", "SAME_LOWER", "NOTSET"};
      attributes.add(text("auto_pad", kinds[random.nextInt(kinds.length)]));
    } else if (random.nextInt(4) > 0) {
      attributes.add(
          integers(
              "pads",
              random.nextInt(rows),
              random.nextInt(columns),
              random.nextInt(rows),
              random.nextInt(columns)));
    }
    return attributes;
  }

  private void pad() {
    long[] pads = {
      0, 0, random.nextInt(2), random.nextInt(2), 0, 0, random.nextInt(2), random.nextInt(3)
    };
    if (opset < 11) {
      node("Pad", List.of(integers("pads", pads), text("mode", "constant")), value);
    } else if (opset >= 18 && random.nextBoolean()) {
      String spatial = integers64(pads[2], pads[3], pads[6], pads[7]);
      node("Pad", List.of(), value, spatial, "", integers64(2, -1));
    } else {
      node("Pad", List.of(), value, integers64(pads));
    }
  }

  private void relu() {
    if (random.nextBoolean()) {
      node("Relu", List.of(), value);
    } else if (opset < 11) {
      node("Clip", List.of(real("min", 0)), value);
    } else {
      node("Clip", List.of(), value, scalar(0));
    }
  }

  private void pool() {
    int rows = 1 + random.nextInt(3);
    int columns = 1 + random.nextInt(3);
    boolean mean = random.nextBoolean();
    boolean counts = mean && random.nextInt(3) == 0;
    if (!mean && random.nextInt(4) == 0) {
      node("Relu", List.of(), value);
      pad();
    } else if (mean && random.nextInt(4) == 0) {
      pad();
    }
    List<AttributeProto> attributes =
        new ArrayList<>(List.of(integers("kernel_shape", rows, columns)));
    if (counts) { // ONNX Runtime 1.23.2 takes the padding at the left for that at the bottom
      int side = random.nextInt(Math.min(rows, columns));
      attributes.add(integers("pads", side, side, side, random.nextInt(columns)));
      attributes.add(integer("count_include_pad", 1));
    } else {
      attributes.addAll(window(rows, columns, random.nextInt(3) == 0));
    }
    if (opset >= 10 && random.nextInt(3) == 0) {
      attributes.add(integer("ceil_mode", 1));
    }
    node(mean ? "AveragePool" : "MaxPool", attributes, value);
  }

  private void batchNormalization() {
    node(
        "BatchNormalization",
        random.nextBoolean() ? List.of(real("epsilon", 1e-3f)) : List.of(),
        value,
        tensor(true, channels),
        tensor(true, channels),
        tensor(true, channels),
        tensor(false, channels));
  }

  private void nothing() {
    switch (random.nextInt(3)) {
      case 0 -> node("Identity", List.of(), value);
      case 1 -> node("Dropout", List.of(), value);
      default -> node("Cast", List.of(integer("to", 1)), value);
    }
  }

  private void features() {
    switch (random.nextInt(4)) {
      case 0 -> {
        node("GlobalAveragePool", List.of(), value);
        flatten();
      }
      case 1 -> {
        if (opset < 18) {
          node("ReduceMean", List.of(integers("axes", 2, 3), integer("keepdims", 0)), value);
        } else {
          node("ReduceMean", List.of(integer("keepdims", 0)), value, integers64(-1, -2));
        }
      }
      case 2 -> {
        node("GlobalAveragePool", List.of(), value);
        if (opset < 13) {
          node("Squeeze", List.of(integers("axes", 2, 3)), value);
        } else {
          node("Squeeze", List.of(), value, integers64(3, 2));
        }
      }
      default -> {
        node("GlobalAveragePool", List.of(), value);
        node("Reshape", List.of(), value, integers64(random.nextBoolean() ? 0 : -1, channels));
      }
    }
  }

  private void flatten() {
    node("Flatten", random.nextBoolean() ? List.of() : List.of(integer("axis", 1)), value);
  }

  private void linear() {
    int outputs = 2 + random.nextInt(6);
    switch (random.nextInt(3)) {
      case 0 ->
          node(
              "Gemm",
              List.of(integer("transB", 1), real("alpha", 0.5f)),
              value,
              tensor(true, outputs, channels),
              tensor(true, outputs));
      case 1 ->
          node(
              "Gemm",
              List.of(real("beta", 2)),
              value,
              tensor(true, channels, outputs),
              tensor(true, 1, outputs));
      default -> {
        node("MatMul", List.of(), value, tensor(true, channels, outputs));
        String bias = tensor(true, outputs);
        if (random.nextBoolean()) {
          node("Add", List.of(), value, bias);
        } else {
          node("Add", List.of(), bias, value);
        }
      }
    }
    channels = outputs;
  }

  /** Weights in one of the forms that a file may hold them in. */
  private String tensor(boolean signed, int... dims) {
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
        graph.addInput(
            valueInfo(
                name,
                type,
                LongStream.of(tensor.getDimsList().stream().mapToLong(Long::longValue).toArray())
                    .boxed()
                    .toList()));
      }
    }
    if (type != 1) {
      String cast = name();
      constant("Cast", List.of(integer("to", 1)), cast, name);
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

  private String integers64(long... values) {
    String name = name();
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(7).addDims(values.length);
    for (long each : values) {
      tensor.addInt64Data(each);
    }
    graph.addInitializer(tensor);
    return name;
  }

  private String scalar(float each) {
    String name = name();
    graph.addInitializer(TensorProto.newBuilder().setName(name).setDataType(1).addFloatData(each));
    return name;
  }

  private void constant(
      String type, List<AttributeProto> attributes, String output, String... inputs) {
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType(type)
            .setName(output)
            .addAllInput(List.of(inputs))
            .addOutput(output)
            .addAllAttribute(attributes));
  }

  private void node(String type, List<AttributeProto> attributes, String... inputs) {
    String output = name();
    constant(type, attributes, output, inputs);
    value = output;
  }

  private String name() {
    return "v" + names++;
  }

  private ModelProto model() {
    graph.addInput(
        valueInfo(
            OnnxExporter.IMAGES,
            1,
            List.of(-1L, (long) input[0], (long) input[1], (long) input[2])));
    graph.addOutput(valueInfo(value, 1, List.of(-1L, (long) channels)));
    return ModelProto.newBuilder()
        .setIrVersion(opset < 10 ? 3 + random.nextInt(5) : 8)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
        .setGraph(graph)
        .build();
  }

  /** An extent of -1 is left open. */
  private static ValueInfoProto valueInfo(String name, int type, List<Long> dims) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long dim : dims) {
      if (dim < 0) {
        shape.addDimBuilder().setDimParam("N");
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

  private static AttributeProto integer(String name, long each) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeType.INT).setI(each).build();
  }

  private static AttributeProto real(String name, float each) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.FLOAT)
        .setF(each)
        .build();
  }

  private static AttributeProto text(String name, String each) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.STRING)
        .setS(ByteString.copyFromUtf8(each))
        .build();
  }

  private static AttributeProto integers(String name, long... values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeType.INTS);
    LongStream.of(values).forEach(attribute::addInts);
    return attribute.build();
  }
}
