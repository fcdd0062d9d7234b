package org.nin4j.conformance;

import static org.nin4j.conformance.OnnxParts.integer;
import static org.nin4j.conformance.OnnxParts.integers;
import static org.nin4j.conformance.OnnxParts.real;
import static org.nin4j.conformance.OnnxParts.text;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Random chains of ONNX operators, in all the forms in which exporters write them; the same seed
 * makes the same graph. Whether windows fit is left to who reads the graph.
 */
final class OnnxGraphs {
  private static final long LARGEST_OPSET = 22;

  private final SplittableRandom random;
  private final long opset;
  private final int[] input;
  private final DrawnGraph graph;
  private int channels;

  private OnnxGraphs(long seed) {
    random = new SplittableRandom(seed);
    opset = random.nextLong(7, LARGEST_OPSET + 1);
    input = new int[] {1 + random.nextInt(4), 4 + random.nextInt(9), 4 + random.nextInt(9)};
    channels = input[0];
    graph = new DrawnGraph(random);
  }

  /** The graph of a seed, which takes (N, C, H, W) of any N. */
  static ModelProto draw(long seed) {
    OnnxGraphs drawn = new OnnxGraphs(seed);
    drawn.build();
    return drawn.graph.model(drawn.opset, drawn.input, drawn.channels);
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
    String weight = graph.tensor(true, outputs, channels, rows, columns);
    if (random.nextBoolean()) {
      attributes.add(integers("kernel_shape", rows, columns));
    }
    if (random.nextBoolean()) {
      graph.node("Conv", attributes, graph.value(), weight, graph.tensor(true, outputs));
    } else if (random.nextBoolean()) {
      graph.node("Conv", attributes, graph.value(), weight);
    } else {
      graph.node("Conv", attributes, graph.value(), weight);
      graph.node("Add", List.of(), graph.value(), graph.tensor(true, outputs, 1, 1));
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
      graph.node("Pad", List.of(integers("pads", pads), text("mode", "constant")), graph.value());
    } else if (opset >= 18 && random.nextBoolean()) {
      String spatial = graph.integers64(pads[2], pads[3], pads[6], pads[7]);
      graph.node("Pad", List.of(), graph.value(), spatial, "", graph.integers64(2, -1));
    } else {
      graph.node("Pad", List.of(), graph.value(), graph.integers64(pads));
    }
  }

  private void relu() {
    if (random.nextBoolean()) {
      graph.node("Relu", List.of(), graph.value());
    } else if (opset < 11) {
      graph.node("Clip", List.of(real("min", 0)), graph.value());
    } else {
      graph.node("Clip", List.of(), graph.value(), graph.scalar(0));
    }
  }

  private void pool() {
    int rows = 1 + random.nextInt(3);
    int columns = 1 + random.nextInt(3);
    boolean mean = random.nextBoolean();
    boolean counts = mean && random.nextInt(3) == 0;
    if (!mean && random.nextInt(4) == 0) {
      graph.node("Relu", List.of(), graph.value());
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
    graph.node(mean ? "AveragePool" : "MaxPool", attributes, graph.value());
  }

  private void batchNormalization() {
    graph.node(
        "BatchNormalization",
        random.nextBoolean() ? List.of(real("epsilon", 1e-3f)) : List.of(),
        graph.value(),
        graph.tensor(true, channels),
        graph.tensor(true, channels),
        graph.tensor(true, channels),
        graph.tensor(false, channels));
  }

  private void nothing() {
    switch (random.nextInt(3)) {
      case 0 -> graph.node("Identity", List.of(), graph.value());
      case 1 -> graph.node("Dropout", List.of(), graph.value());
      default -> graph.node("Cast", List.of(integer("to", 1)), graph.value());
    }
  }

  private void features() {
    switch (random.nextInt(4)) {
      case 0 -> {
        graph.node("GlobalAveragePool", List.of(), graph.value());
        flatten();
      }
      case 1 -> {
        if (opset < 18) {
          graph.node(
              "ReduceMean", List.of(integers("axes", 2, 3), integer("keepdims", 0)), graph.value());
        } else {
          graph.node(
              "ReduceMean",
              List.of(integer("keepdims", 0)),
              graph.value(),
              graph.integers64(-1, -2));
        }
      }
      case 2 -> {
        graph.node("GlobalAveragePool", List.of(), graph.value());
        if (opset < 13) {
          graph.node("Squeeze", List.of(integers("axes", 2, 3)), graph.value());
        } else {
          graph.node("Squeeze", List.of(), graph.value(), graph.integers64(3, 2));
        }
      }
      default -> {
        graph.node("GlobalAveragePool", List.of(), graph.value());
        graph.node(
            "Reshape",
            List.of(),
            graph.value(),
            graph.integers64(random.nextBoolean() ? 0 : -1, channels));
      }
    }
  }

  private void flatten() {
    graph.node(
        "Flatten", random.nextBoolean() ? List.of() : List.of(integer("axis", 1)), graph.value());
  }

  private void linear() {
    int outputs = 2 + random.nextInt(6);
    switch (random.nextInt(3)) {
      case 0 ->
          graph.node(
              "Gemm",
              List.of(integer("transB", 1), real("alpha", 0.5f)),
              graph.value(),
              graph.tensor(true, outputs, channels),
              graph.tensor(true, outputs));
      case 1 ->
          graph.node(
              "Gemm",
              List.of(real("beta", 2)),
              graph.value(),
              graph.tensor(true, channels, outputs),
              graph.tensor(true, 1, outputs));
      default -> {
        graph.node("MatMul", List.of(), graph.value(), graph.tensor(true, channels, outputs));
        String bias = graph.tensor(true, outputs);
        if (random.nextBoolean()) {
          graph.node("Add", List.of(), graph.value(), bias);
        } else {
          graph.node("Add", List.of(), bias, graph.value());
        }
      }
    }
    channels = outputs;
  }
}
