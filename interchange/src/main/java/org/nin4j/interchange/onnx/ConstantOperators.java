package org.nin4j.interchange.onnx;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.nin4j.interchange.onnx.GraphValue.Constant;
import org.nin4j.io.Dtype;
import org.nin4j.io.TensorInfo;

/** What operators make of numbers that do not depend on the image. */
final class ConstantOperators {
  private final GraphValues values;
  private final ShapeOperators shapes;
  private final Qdq qdq;

  ConstantOperators(GraphValues values, ShapeOperators shapes, Qdq qdq) {
    this.values = values;
    this.shapes = shapes;
    this.qdq = qdq;
  }

  /** A Constant node: a tensor, or a few numbers in an attribute. */
  void constant(OnnxNode node) throws IOException {
    node.requireOnly("value", "value_float", "value_floats", "value_int", "value_ints");
    String name = node.outputs().isEmpty() ? "" : node.outputs().get(0);
    Optional<OnnxTensor> tensor = node.tensor("value", name);
    Values held;
    if (tensor.isPresent()) {
      held = tensor.get();
    } else if (node.has("value_float")) {
      held = new ListedValues(node, true, true, List.of(node.real("value_float", 0)));
    } else if (node.has("value_int")) {
      held = new ListedValues(node, false, true, List.of(node.integer("value_int", 0)));
    } else if (node.has("value_floats")) {
      held = new ListedValues(node, true, false, node.reals("value_floats").orElseThrow());
    } else if (node.has("value_ints")) {
      held = new ListedValues(node, false, false, node.integers("value_ints").orElseThrow());
    } else {
      throw node.invalid("has no value");
    }
    values.set(node, new Constant(held));
  }

  /** A node none of whose inputs depends on the image. */
  void add(OnnxNode node) throws IOException {
    switch (node.type()) {
      case "Identity" -> {
        node.requireOnly();
        values.set(node, values.get(node, 0));
      }
      case "Cast" -> cast(node);
      case "Shape" -> shapes.shape(node);
      case "Transpose" -> transpose(node);
      case "DequantizeLinear" -> {
        if (!qdq.weights(node)) {
          throw node.invalid("is an operator that is not supported");
        }
      }
      default -> {
        if (!shapes.add(node)) {
          throw node.invalid("is an operator that is not supported on constants");
        }
      }
    }
  }

  /** Integers are only needed as extents. */
  private void cast(OnnxNode node) throws IOException {
    node.requireOnly("to", "saturate");
    ElementType to = ElementType.of((int) node.integer("to", 0));
    if (to.isFloat()) {
      values.set(node, new Constant(values.requiredConstant(node, 0, "input")));
    } else if (to.dtype() == Dtype.I64 || to.dtype() == Dtype.I32) {
      values.set(node, shapes.extents(node, 0));
    } else {
      throw node.invalid("casts to " + to + ", which is not supported");
    }
  }

  private void transpose(OnnxNode node) throws IOException {
    node.requireOnly("perm");
    if (values.get(node, 0) instanceof Extents extents && extents.dims().size() == 2) {
      values.set(node, extents.transpose());
      return;
    }
    Values matrix = values.requiredConstant(node, 0, "input");
    List<Long> order = node.integers("perm").orElse(List.of(1L, 0L));
    if (matrix.dims().size() != 2 || !order.equals(List.of(1L, 0L))) {
      throw node.invalid(
          "transposes "
              + TensorInfo.text(matrix.dims())
              + " to the order "
              + order
              + ", and only matrices can be transposed");
    }
    values.set(node, new Constant(TransposedMatrix.of(matrix)));
  }
}
