package org.nin4j.interchange.onnx;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.nin4j.error.InvalidFileException;
import org.nin4j.io.TensorInfo;

/** What each operator does to the chain of layers. */
final class LayerOperators {
  private final LayerChain chain;
  private final GraphValues values;
  private final ShapeOperators shapes;
  private final Qdq qdq;
  private final WeightedOperators weighted;

  LayerOperators(LayerChain chain, GraphValues values, ShapeOperators shapes, Qdq qdq) {
    this.chain = chain;
    this.qdq = qdq;
    this.weighted = new WeightedOperators(chain, values, qdq);
    this.values = values;
    this.shapes = shapes;
  }

  /**
   * Adds a node one of whose inputs is the current value.
   *
   * @param current index of that input
   * @return whether the operator is known
   */
  boolean add(OnnxNode node, int current) throws IOException {
    switch (node.type()) {
      case "Relu" -> {
        node.requireOnly();
        chain.relu(node);
      }
      case "Clip" -> clip(node);
      case "Dropout" -> dropout(node);
      case "MaxPool" -> {
        node.requireOnly(
            "auto_pad",
            "ceil_mode",
            "dilations",
            "kernel_shape",
            "pads",
            "storage_order",
            "strides");
        chain.pool(node, false);
      }
      case "AveragePool" -> {
        node.requireOnly(
            "auto_pad",
            "ceil_mode",
            "count_include_pad",
            "dilations",
            "kernel_shape",
            "pads",
            "strides");
        chain.pool(node, true);
      }
      case "GlobalAveragePool" -> {
        node.requireOnly();
        chain.globalMean(node, true);
      }
      case "ReduceMean" -> reduceMean(node);
      case "Pad" -> pad(node);
      case "Flatten" -> flatten(node);
      case "Reshape" -> {
        node.requireOnly("allowzero");
        chain.view(node, shapes.target(node, chain.dims()));
      }
      case "Add" -> chain.bias(node, values.requiredConstant(node, 1 - current, "operand"));
      case "QuantizeLinear" -> {
        return qdq.quantize(node);
      }
      case "DequantizeLinear" -> {
        return qdq.dequantize(node);
      }
      case "Squeeze" -> squeeze(node);
      case "Softmax", "LogSoftmax" -> softmax(node);
      case "Identity" -> node.requireOnly();
      case "Cast" -> cast(node);
      default -> {
        return weighted.add(node);
      }
    }
    return true;
  }

  private void clip(OnnxNode node) throws IOException {
    node.requireOnly("min", "max");
    float min = bound(node, "min", 1, -Float.MAX_VALUE);
    float max = bound(node, "max", 2, Float.MAX_VALUE);
    if (min != 0 || max < Float.MAX_VALUE) {
      throw node.invalid(
          "clips to " + min + " to " + max + ", and only 0 to infinity, a ReLU, is supported");
    }
    chain.relu(node);
  }

  private float bound(OnnxNode node, String name, int input, float otherwise) throws IOException {
    if (node.opset() < 11) {
      return node.real(name, otherwise);
    }
    Optional<Values> bound = values.constant(node, input);
    if (bound.isEmpty()) {
      return otherwise;
    }
    return scalar(node, bound.get(), name);
  }

  private static float scalar(OnnxNode node, Values values, String name) throws IOException {
    if (values.count() != 1) {
      throw node.invalid("has a " + name + " of " + values.count() + " numbers, not one");
    }
    return values.floats()[0];
  }

  /** The ratio is kept for further training; in inference a Dropout does nothing. */
  private void dropout(OnnxNode node) throws IOException {
    node.requireOnly("ratio", "seed");
    Optional<Values> ratio = node.opset() < 12 ? Optional.empty() : values.constant(node, 1);
    float p = ratio.isEmpty() ? node.real("ratio", 0.5f) : scalar(node, ratio.get(), "ratio");
    chain.dropout(node, p);
  }

  private void reduceMean(OnnxNode node) throws IOException {
    node.requireOnly("axes", "keepdims", "noop_with_empty_axes");
    Set<Long> axes = new HashSet<>();
    for (long axis : shapes.axes(node, 18, 1).orElse(List.of())) {
      axes.add(axis < 0 ? axis + 1 + chain.dims().size() : axis);
    }
    if (!axes.equals(Set.of(2L, 3L))) {
      throw node.invalid("is not over axes 2 and 3, height and width, and no other is supported");
    }
    chain.globalMean(node, node.integer("keepdims", 1) != 0);
  }

  private void pad(OnnxNode node) throws IOException {
    node.requireOnly("mode", "pads", "value");
    if (!node.text("mode", "constant").equals("constant")) {
      throw node.invalid("has another mode than constant, which is not supported");
    }
    boolean inputs = node.opset() >= 11;
    List<Long> pads =
        inputs ? shapes.extents(node, 1).values() : node.integers("pads").orElse(List.of());
    Optional<Values> value = inputs ? values.constant(node, 2) : Optional.empty();
    if (value.isPresent() ? scalar(node, value.get(), "value") != 0 : node.real("value", 0) != 0) {
      throw node.invalid("pads with other numbers than 0, which is not supported");
    }
    if (node.input(3).isPresent()) {
      pads = Pads.ofAxes(node, pads, shapes.extents(node, 3).values());
    }
    chain.pad(node, Pads.of(node, pads));
  }

  private void flatten(OnnxNode node) throws InvalidFileException {
    node.requireOnly("axis");
    List<Long> dims = chain.dims();
    long axis = node.integer("axis", 1);
    if (axis != 1 && axis != -dims.size()) {
      throw node.invalid("has axis " + axis + ", and only 1 is supported");
    }
    chain.view(node, List.of(dims.stream().reduce(1L, Math::multiplyExact)));
  }

  private void squeeze(OnnxNode node) throws IOException {
    node.requireOnly("axes");
    List<Long> dims = chain.dims();
    Optional<List<Long>> given = shapes.axes(node, 13, 1);
    Set<Integer> removed = new HashSet<>();
    if (given.isEmpty()) {
      if (shapes.isOneImage()) {
        throw node.invalid("removes the batch of 1, which is not supported");
      }
      for (int i = 0; i < dims.size(); i++) {
        if (dims.get(i) == 1) {
          removed.add(i);
        }
      }
    }
    for (long axis : given.orElse(List.of())) {
      long i = axis < 0 ? axis + dims.size() : axis - 1; // without the batch
      if (i < 0 || i >= dims.size() || dims.get((int) i) != 1) {
        throw node.invalid("removes axis " + axis + " of N x " + TensorInfo.text(dims));
      }
      removed.add((int) i);
    }
    List<Long> left = new ArrayList<>();
    for (int i = 0; i < dims.size(); i++) {
      if (!removed.contains(i)) {
        left.add(dims.get(i));
      }
    }
    chain.view(node, left);
  }

  /** Probabilities are made of the logits elsewhere; which class is the largest stays the same. */
  private void softmax(OnnxNode node) throws InvalidFileException {
    node.requireOnly("axis");
    List<Long> dims = chain.dims();
    long axis = node.integer("axis", node.opset() < 13 ? 1 : -1);
    boolean overClasses = axis == 1 || axis == -dims.size();
    boolean others = dims.stream().skip(1).anyMatch(extent -> extent != 1);
    if (!overClasses || others || dims.isEmpty()) {
      throw node.invalid(
          "is over axis "
              + axis
              + " of N x "
              + TensorInfo.text(dims)
              + ", and only one over the classes of (N, classes) is supported");
    }
    chain.softmax(node);
  }

  private static void cast(OnnxNode node) throws InvalidFileException {
    node.requireOnly("to", "saturate");
    ElementType to = ElementType.of((int) node.integer("to", 0));
    if (!to.isFloat()) {
      throw node.invalid("casts to " + to + ", and only floating point is supported");
    }
  }
}
