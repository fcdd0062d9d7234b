package org.nin4j.interchange.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nin4j.error.InvalidFileException;
import org.nin4j.io.TensorInfo;
import org.nin4j.nn.AdaptiveAvgPool2d;
import org.nin4j.nn.Dropout;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Layer;
import org.nin4j.nn.Network;
import org.nin4j.nn.Parameter;
import org.nin4j.nn.ReLU;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;

/**
 * The layers of a graph, node by node. The chain keeps the extents that ONNX would compute (for one
 * image, without the batch); a view of the same numbers, such as a Reshape, becomes a Flatten as
 * soon as something needs it.
 */
final class LayerChain {
  private static final int MOST_LAYERS = 4096;

  private final OnnxFile file;
  private final Shape input;
  private final List<GraphLayer> layers = new ArrayList<>();
  private Shape shape; // of the layers so far
  private List<Long> dims; // of ONNX's value, without the batch
  private ExplicitPads pads = ExplicitPads.NONE; // zeros that are not in a layer yet
  private boolean nonNegative;
  private Optional<OnnxNode> softmax = Optional.empty();
  private final ValueBudget budget;

  /**
   * @param input (1, C, H, W)
   */
  LayerChain(OnnxFile file, Shape input, ValueBudget budget) {
    this.file = file;
    this.input = input;
    this.shape = input;
    this.dims = extents(input);
    this.budget = budget;
  }

  /** The extents of the current value for one image, without the batch. */
  List<Long> dims() {
    return dims;
  }

  /** The current value with zeros that are not in a layer yet is not what its extents say. */
  ExplicitPads pads() {
    return pads;
  }

  /** The shape of what the layers so far compute, without zeros that were added. */
  Shape shape() {
    return shape;
  }

  List<GraphLayer> layers() {
    return layers;
  }

  Shape input() {
    return input;
  }

  /** The node that made probabilities of the logits, if there is one. */
  Optional<OnnxNode> softmax() {
    return softmax;
  }

  void relu(OnnxNode node) throws InvalidFileException {
    add(node, new ReLU(), List.of());
    nonNegative = true;
  }

  void dropout(OnnxNode node, float p) throws InvalidFileException {
    if (p >= 0 && p < 1) { // any other does nothing in inference, too
      addSignless(node, new Dropout(p));
    }
  }

  /** The same numbers under other extents. */
  void view(OnnxNode node, List<Long> newDims) throws InvalidFileException {
    requireNoPads(node);
    dims = List.copyOf(newDims);
  }

  void pad(OnnxNode node, ExplicitPads zeros) throws InvalidFileException {
    requireImage(node);
    if (!pads.isNone()) {
      throw node.invalid("follows another Pad, which is not supported");
    }
    pads = zeros;
    dims = withPads(dims);
  }

  void softmax(OnnxNode node) throws InvalidFileException {
    requireNoPads(node);
    if (softmax.isPresent()) {
      throw node.invalid("follows a " + softmax.get().type() + ", which must be the last");
    }
    softmax = Optional.of(node);
  }

  /**
   * @param mean whether it is a mean, or else a maximum
   */
  void pool(OnnxNode node, boolean mean) throws InvalidFileException {
    requireImage(node);
    if (!mean && !pads.isNone() && !nonNegative) {
      throw node.invalid(
          "follows zeros of a Pad, which a maximum of numbers below 0 cannot leave out");
    }
    Layer layer = PoolChoice.of(node, shape, pads, mean, budget);
    usePads();
    addSignless(node, layer);
  }

  /** Means over whole feature maps. */
  void globalMean(OnnxNode node, boolean keepsExtents) throws InvalidFileException {
    requireImage(node);
    requireNoPads(node);
    addSignless(node, new AdaptiveAvgPool2d(1));
    if (!keepsExtents) {
      dims = List.of(dims.get(0));
    }
  }

  /** Adds a number to each output of the last layer, which must have no bias. */
  void bias(OnnxNode node, Values bias) throws InvalidFileException {
    requireNoPads(node);
    GraphLayer last = layers.isEmpty() ? null : layers.get(layers.size() - 1);
    Layer biased = last == null ? null : Bias.added(last.layer());
    if (biased == null || !dims.equals(extents(shape))) {
      throw node.invalid(
          "adds constants, which is only supported right behind a MatMul, Gemm or Conv without a"
              + " bias");
    }
    budget.add(node, shape.channels());
    layers.set(
        layers.size() - 1,
        new GraphLayer(
            biased,
            List.of(last.parameters().get(0), Bias.broadcast(node, bias, dims)),
            last.node(),
            last.quantization()));
  }

  /**
   * Returns the network.
   *
   * @param name its name
   */
  Network network(String name) throws InvalidFileException {
    if (!pads.isNone()) {
      throw file.invalid("ends in a Pad, which is only supported before a convolution or pool");
    }
    if (layers.isEmpty()) {
      throw file.invalid("its graph has no layers");
    }
    if (dims.isEmpty() || !dims.stream().skip(1).allMatch(extent -> extent == 1)) {
      throw file.invalid(
          "its graph makes no classifier: it ends in N x "
              + TensorInfo.text(dims)
              + " instead of (N, classes)");
    }
    flatten(layers.get(layers.size() - 1).node());
    try {
      return new Network(
          name, input, new Sequential(layers.stream().map(GraphLayer::layer).toList()));
    } catch (IllegalArgumentException e) {
      throw file.invalid("its graph makes no classifier: " + e.getMessage());
    }
  }

  /** A layer that makes no negative numbers of others. */
  private void addSignless(OnnxNode node, Layer layer) throws InvalidFileException {
    boolean before = nonNegative;
    add(node, layer, List.of());
    nonNegative = before;
  }

  /** Adds a layer that makes use of the zeros that were added to the image. */
  void addPadded(GraphLayer layer) throws InvalidFileException {
    usePads();
    add(layer);
  }

  private void add(OnnxNode node, Layer layer, List<Values> parameters)
      throws InvalidFileException {
    add(new GraphLayer(layer, parameters, node, Optional.empty()));
  }

  /** Adds any layer. */
  void add(GraphLayer layer) throws InvalidFileException {
    OnnxNode node = layer.node();
    if (softmax.isPresent() && !(layer.layer() instanceof Flatten)) {
      throw node.invalid(
          "follows a " + softmax.get().type() + ", which is only supported as the last");
    }
    if (layers.size() == MOST_LAYERS) {
      throw node.invalid("is one layer more than the " + MOST_LAYERS + " that are supported");
    }
    for (Parameter parameter : layer.layer().parameters()) {
      budget.add(node, parameter.size());
    }
    boolean view = !dims.equals(withPads(extents(shape)));
    try {
      shape = layer.layer().outputShape(shape);
    } catch (IllegalArgumentException e) {
      throw node.invalid("cannot run: " + e.getMessage());
    }
    layers.add(layer);
    nonNegative = false;
    if (!view) {
      dims = withPads(extents(shape));
    }
  }

  private void usePads() {
    pads = ExplicitPads.NONE;
    dims = extents(shape);
  }

  private List<Long> withPads(List<Long> extents) {
    return pads.isNone()
        ? extents
        : List.of(
            extents.get(0),
            extents.get(1) + pads.top() + pads.bottom(),
            extents.get(2) + pads.left() + pads.right());
  }

  /** Makes (N, features) of an image whose view that is. */
  void flatten(OnnxNode node) throws InvalidFileException {
    if (shape.rank() == 4) {
      dims = extents(shape);
      add(node, new Flatten(), List.of());
    }
  }

  /** Requires (N, C, H, W), with or without zeros that were added. */
  void requireImage(OnnxNode node) throws InvalidFileException {
    if (shape.rank() != 4 || !dims.equals(withPads(extents(shape)))) {
      throw node.invalid("needs an input of (N, C, H, W), but gets N x " + TensorInfo.text(dims));
    }
  }

  void requireNoPads(OnnxNode node) throws InvalidFileException {
    if (!pads.isNone()) {
      throw node.invalid("follows a Pad, which is only supported before a convolution or pool");
    }
  }

  private static List<Long> extents(Shape shape) {
    return shape.dims().stream().skip(1).map(Integer::longValue).toList();
  }
}
