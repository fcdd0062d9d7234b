package org.nin4j.interchange.onnx;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nin4j.error.InvalidFileException;
import org.nin4j.interchange.onnx.GraphValue.Constant;
import org.nin4j.interchange.onnx.GraphValue.Extents;

/**
 * Computes with extents: PyTorch exports {@code x.view(x.size(0), -1)} as Shape, Gather, Unsqueeze
 * and Concat before a Reshape.
 */
final class ShapeOperators {
  /** A tensor has few extents; what is longer is none of them. */
  private static final int LONGEST = 64;

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

  void gather(OnnxNode node) throws IOException {
    node.requireOnly("axis");
    node.require("axis", 0, 0);
    Extents of = extents(node, 0);
    Extents indices = extents(node, 1);
    List<Long> found = new ArrayList<>();
    for (long index : indices.extents()) {
      long i = index < 0 ? index + of.extents().size() : index;
      if (i < 0 || i >= of.extents().size()) {
        throw node.invalid("reads extent " + index + " of " + of.extents().size());
      }
      found.add(of.extents().get((int) i));
    }
    values.set(node, new Extents(found, indices.isScalar()));
  }

  /** Unsqueeze, Squeeze, Cast and Identity: a list of one is as good as the one. */
  void reshape(OnnxNode node, boolean scalar) throws IOException {
    Extents of = extents(node, 0);
    if (of.extents().size() != 1) {
      throw node.invalid("changes the form of a shape, which is not supported");
    }
    values.set(node, new Extents(of.extents(), scalar));
  }

  void same(OnnxNode node) throws IOException {
    values.set(node, extents(node, 0));
  }

  void concat(OnnxNode node) throws IOException {
    node.requireOnly("axis");
    node.require("axis", 0, 0);
    List<Long> all = new ArrayList<>();
    for (int i = 0; i < node.inputs().size(); i++) {
      all.addAll(extents(node, i).extents());
      if (all.size() > LONGEST) {
        throw node.invalid("makes a shape of more than " + LONGEST + " extents");
      }
    }
    values.set(node, new Extents(all, false));
  }

  /** Returns an input as extents, also where the file holds them. */
  Extents extents(OnnxNode node, int input) throws IOException {
    GraphValue value = values.get(node, input);
    if (value instanceof Extents extents) {
      return extents;
    }
    if (value instanceof Constant constant) {
      Values held = constant.values();
      if (held.dims().size() > 1 || held.count() > LONGEST) {
        throw node.invalid(
            "expects a list of extents, but gets " + OnnxTensor.text(held.dims()) + " numbers");
      }
      List<Long> all = new ArrayList<>();
      for (long extent : held.integers()) {
        all.add(extent);
      }
      return new Extents(all, held.dims().isEmpty());
    }
    throw node.invalid("computes with the image where extents are expected");
  }

  /**
   * Returns the extents for one image that a Reshape makes, without the batch.
   *
   * @param dims those before, without the batch
   */
  List<Long> target(OnnxNode node, List<Long> dims) throws IOException {
    List<Long> wanted = extents(node, 1).extents();
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

  private static InvalidFileException refused(
      OnnxNode node, List<Long> wanted, List<Long> dims) {
    List<String> texts =
        wanted.stream().map(extent -> extent == Extents.BATCH ? "N" : extent.toString()).toList();
    return node.invalid(
        "makes " + texts + " of N x " + OnnxTensor.text(dims)
            + ", and only changes that leave the images apart are supported");
  }

  /** Returns what is in an optional input, or in an attribute of older operator sets. */
  Optional<List<Long>> axes(OnnxNode node, long sinceInput, int input) throws IOException {
    if (node.opset() < sinceInput) {
      return node.integers("axes");
    }
    return node.input(input).isPresent()
        ? Optional.of(extents(node, input).extents())
        : Optional.empty();
  }
}
