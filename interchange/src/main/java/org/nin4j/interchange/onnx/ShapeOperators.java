package org.nin4j.interchange.onnx;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.nin4j.error.InvalidFileException;
import org.nin4j.interchange.onnx.GraphValue.Constant;
import org.nin4j.io.TensorInfo;

/**
 * Computes with extents: PyTorch exports {@code x.view(x.size(0), -1)} as Shape, Gather, Unsqueeze
 * and Concat before a Reshape.
 */
final class ShapeOperators {
  private final GraphValues values;
  private final long batch;

  /**
   * @param batch the number of images, or {@link Extents#BATCH}
   */
  ShapeOperators(GraphValues values, long batch) {
    this.values = values;
    this.batch = batch;
  }

  /** Whether the number of images is fixed, to one. */
  boolean isOneImage() {
    return batch == 1;
  }

  void shape(OnnxNode node) throws InvalidFileException {
    node.requireOnly("start", "end");
    if (node.integer("start", 0) != 0 || node.has("end")) {
      throw node.invalid("asks for a part of a shape, which is not supported");
    }
    values.set(node, values.shape(node, batch));
  }

  /**
   * Computes an operator of integers.
   *
   * @return whether the operator is known
   */
  boolean add(OnnxNode node) throws IOException {
    try {
      return compute(node);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw node.invalid("computes a shape in a way that is not supported: " + e.getMessage());
    }
  }

  private boolean compute(OnnxNode node) throws IOException {
    Extents result;
    switch (node.type()) {
      case "Gather" -> {
        node.requireOnly("axis");
        node.require("axis", 0, 0);
        result = extents(node, 0).gather(extents(node, 1));
      }
      case "Concat" -> {
        node.requireOnly("axis");
        node.require("axis", 0, 0);
        result = extents(node, 0);
        for (int i = 1; i < node.inputs().size(); i++) {
          result = result.concat(extents(node, i));
        }
      }
      case "Unsqueeze" -> {
        node.requireOnly("axes");
        result = extents(node, 0).reshape(List.of(1L)); // of a number
      }
      case "Squeeze" -> {
        node.requireOnly("axes");
        result = extents(node, 0).reshape(List.of());
      }
      case "Reshape" -> {
        node.requireOnly("allowzero");
        result = extents(node, 0).reshape(extents(node, 1).values());
      }
      case "Slice" -> result = slice(node);
      case "ConstantOfShape" -> result = constantOfShape(node);
      case "Add" -> result = extents(node, 0).combine(extents(node, 1), Math::addExact);
      case "Sub" -> result = extents(node, 0).combine(extents(node, 1), Math::subtractExact);
      case "Mul" -> result = extents(node, 0).combine(extents(node, 1), Math::multiplyExact);
      default -> {
        return false;
      }
    }
    values.set(node, result);
    return true;
  }

  /** Since operator set 10, with inputs; before, with attributes. */
  private Extents slice(OnnxNode node) throws IOException {
    node.requireOnly("starts", "ends", "axes");
    boolean inputs = node.opset() >= 10;
    Extents of = extents(node, 0);
    List<Long> starts =
        inputs ? extents(node, 1).values() : node.integers("starts").orElse(List.of());
    List<Long> ends = inputs ? extents(node, 2).values() : node.integers("ends").orElse(List.of());
    List<Long> axes = axes(node, 10, 3).orElse(List.of(0L));
    List<Long> steps = node.input(4).isPresent() ? extents(node, 4).values() : List.of(1L);
    if (starts.size() != 1 || ends.size() != 1 || steps.size() != 1 || !axes.equals(List.of(0L))) {
      throw new IllegalArgumentException("a slice of several axes");
    }
    return of.slice(starts.get(0), ends.get(0), steps.get(0));
  }

  private Extents constantOfShape(OnnxNode node) throws IOException {
    node.requireOnly("value");
    Optional<OnnxTensor> value = node.tensor("value", "value");
    List<Long> dims = extents(node, 0).values();
    if (dims.size() != 1 || dims.get(0) < 0 || dims.get(0) > Extents.MOST) {
      throw new IllegalArgumentException("a shape of " + dims);
    }
    if (value.isPresent() && value.get().count() != 1) {
      throw new IllegalArgumentException("a value of several numbers");
    }
    long each = value.isPresent() ? value.get().integers()[0] : 0;
    return Extents.list(Collections.nCopies(Math.toIntExact(dims.get(0)), each));
  }

  /** Returns an input as integers, also where the file holds them. */
  Extents extents(OnnxNode node, int input) throws IOException {
    GraphValue value = values.get(node, input);
    if (value instanceof Extents extents) {
      return extents;
    }
    if (value instanceof Constant constant) {
      Values held = constant.values();
      if (held.dims().size() > 2 || held.count() > Extents.MOST) {
        throw node.invalid(
            "expects a few integers, but gets " + TensorInfo.text(held.dims()) + " of them");
      }
      return new Extents(
          held.dims().stream().map(Long::intValue).toList(),
          LongStream.of(held.integers()).boxed().toList());
    }
    throw node.invalid("computes with the image where extents are expected");
  }

  /**
   * Returns the extents for one image that a Reshape makes, without the batch.
   *
   * @param dims those before, without the batch
   */
  List<Long> target(OnnxNode node, List<Long> dims) throws IOException {
    List<Long> wanted = extents(node, 1).values();
    boolean copiesZeros = node.integer("allowzero", 0) == 0;
    long features = dims.stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact);
    if (wanted.isEmpty()) {
      throw node.invalid("makes one number of all images, which is not supported");
    }
    List<Long> target = new ArrayList<>();
    long known = 1;
    int open = -1;
    for (int i = 1; i < wanted.size(); i++) {
      long extent = wanted.get(i);
      if (extent == 0 && copiesZeros && i <= dims.size()) {
        extent = dims.get(i - 1);
      }
      if (extent == -1 && open < 0) {
        open = i - 1;
        extent = 1;
      }
      if (extent < 1 || extent > features) {
        throw refused(node, wanted, dims);
      }
      target.add(extent);
      known *= extent;
      if (known > features) {
        throw refused(node, wanted, dims);
      }
    }
    if (open >= 0) {
      target.set(open, features / known);
      known *= features / known;
    }
    long first = wanted.get(0);
    boolean isBatch =
        first == Extents.BATCH
            || (first == 0 && copiesZeros)
            || (first == batch || (first == 1 && batch == Extents.BATCH))
            || (first == -1 && open < 0);
    if (!isBatch || known != features) {
      throw refused(node, wanted, dims);
    }
    return target;
  }

  private static InvalidFileException refused(OnnxNode node, List<Long> wanted, List<Long> dims) {
    List<String> texts =
        wanted.stream().map(extent -> extent == Extents.BATCH ? "N" : extent.toString()).toList();
    return node.invalid(
        "makes "
            + texts
            + " of N x "
            + TensorInfo.text(dims)
            + ", and only changes that leave the images apart are supported");
  }

  /** Returns what is in an optional input, or in an attribute of older operator sets. */
  Optional<List<Long>> axes(OnnxNode node, long sinceInput, int input) throws IOException {
    if (node.opset() < sinceInput) {
      return node.integers("axes");
    }
    return node.input(input).isPresent()
        ? Optional.of(extents(node, input).values())
        : Optional.empty();
  }
}
