package org.nin4j.interchange.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.nin4j.error.InvalidFileException;
import org.nin4j.nn.AdaptiveAvgPool2d;
import org.nin4j.nn.AvgPool2d;
import org.nin4j.nn.BatchNorm2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Dropout;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Layer;
import org.nin4j.nn.Linear;
import org.nin4j.nn.MaxPool2d;
import org.nin4j.nn.Network;
import org.nin4j.nn.Parameter;
import org.nin4j.nn.ReLU;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;
import org.nin4j.nn.ShapeException;
import org.nin4j.nn.Size2d;

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
      boolean before = nonNegative;
      add(node, new Dropout(p), List.of());
      nonNegative = before;
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
   * @param weight (M, C, KH, KW)
   * @param bias (M)
   */
  void convolution(
      OnnxNode node, Values weight, Optional<Values> bias, Optional<QdqNames> quantization)
      throws InvalidFileException {
    requireImage(node);
    List<Long> kernel = weight.dims();
    if (kernel.size() != 4 || kernel.contains(0L)) {
      throw node.invalid(
          "has weights " + OnnxTensor.text(kernel) + ", and images need four extents");
    }
    node.require("group", 1, 1);
    if (kernel.get(1) != shape.channels()) {
      throw node.invalid(
          "has weights "
              + OnnxTensor.text(kernel)
              + ", but an input of "
              + shape.channels()
              + " channels");
    }
    SymmetricKernel rows = symmetric(node, 0, kernel);
    SymmetricKernel columns = symmetric(node, 1, kernel);
    Conv2d layer =
        layer(
            node,
            () ->
                new Conv2d(
                    shape.channels(),
                    Math.toIntExact(kernel.get(0)),
                    new Size2d(
                        Math.toIntExact(kernel.get(2)) + rows.added(),
                        Math.toIntExact(kernel.get(3)) + columns.added()),
                    size(node, "strides"),
                    new Size2d(rows.padding(), columns.padding()),
                    bias.isPresent()));
    usePads();
    Values enlarged =
        rows.added() + columns.added() == 0 ? weight : new EnlargedKernel(weight, rows, columns);
    weighted(node, layer, enlarged, bias, quantization);
  }

  private SymmetricKernel symmetric(OnnxNode node, int axis, List<Long> kernel)
      throws InvalidFileException {
    return SymmetricKernel.of(
        axis(node, axis, kernel.get(2 + axis), false)
            .withoutZeros(pads.begin(axis), pads.end(axis)));
  }

  private WindowAxis axis(OnnxNode node, int axis, long kernel, boolean ceilMode)
      throws InvalidFileException {
    WindowAxis found = WindowAxis.of(node, axis, dims.get(1 + axis), kernel, ceilMode);
    if (found.windows() < 1) {
      throw node.invalid(
          "has a kernel of " + kernel + " pixels, which does not fit into " + found.in());
    }
    return found;
  }

  private static Size2d size(OnnxNode node, String name) throws InvalidFileException {
    List<Long> values = node.integers(name).orElse(List.of());
    return values.isEmpty()
        ? Size2d.of(1)
        : new Size2d(Math.toIntExact(values.get(0)), Math.toIntExact(values.get(1)));
  }

  /**
   * @param mean whether it is a mean, or else a maximum
   * @param countPadding whether padding counts in the mean
   */
  void pool(OnnxNode node, boolean mean, boolean ceilMode, boolean countPadding)
      throws InvalidFileException {
    requireImage(node);
    List<Long> kernel = node.integers("kernel_shape").orElse(List.of());
    if (kernel.size() != 2) {
      throw node.invalid("has no kernel_shape of two extents");
    }
    if (!mean && !pads.isNone() && !nonNegative) {
      throw node.invalid(
          "follows zeros of a Pad, which a maximum of numbers below 0 cannot leave out");
    }
    WindowAxis rows = axis(node, 0, kernel.get(0), ceilMode);
    WindowAxis columns = axis(node, 1, kernel.get(1), ceilMode);
    PooledPixels tall = PooledPixels.of(rows, pads.top(), pads.bottom(), mean, countPadding);
    PooledPixels wide = PooledPixels.of(columns, pads.left(), pads.right(), mean, countPadding);
    Size2d window = new Size2d(rows.kernel(), columns.kernel());
    Size2d stride = new Size2d(rows.stride(), columns.stride());
    Size2d padding = new Size2d(rows.begin() + pads.top(), columns.begin() + pads.left());
    if (!tall.areInImage() || !wide.areInImage()) {
      throw node.invalid("has windows that lie in the padding alone, which is not supported");
    }
    Layer layer =
        Stream.of(false, true)
            .flatMap(
                ceil ->
                    mean
                        ? Stream.<Layer>of(
                            pool(() -> new AvgPool2d(window, stride, padding, ceil, true)),
                            pool(() -> new AvgPool2d(window, stride, padding, ceil, false)))
                        : Stream.<Layer>of(
                            pool(() -> new MaxPool2d(window, stride, padding, ceil))))
            .filter(candidate -> candidate != null)
            .filter(candidate -> isPool(candidate, tall, wide))
            .findFirst()
            .orElseThrow(
                () ->
                    node.invalid(
                        "has padding at the end that differs from that at the beginning in a way"
                            + " that no pool of this library has"));
    usePads();
    boolean before = nonNegative;
    add(node, layer, List.of());
    nonNegative = before;
  }

  /** Null where the layer does not exist. */
  private static Layer pool(Supplier<Layer> candidate) {
    try {
      return candidate.get();
    } catch (IllegalArgumentException e) {
      return null; // padding of more than half the kernel
    }
  }

  private boolean isPool(Layer layer, PooledPixels rows, PooledPixels columns) {
    try {
      Shape out = layer.outputShape(shape);
      return out.height() == rows.windows().size()
          && out.width() == columns.windows().size()
          && PooledPixels.of(layer, 0, shape).equals(rows)
          && PooledPixels.of(layer, 1, shape).equals(columns);
    } catch (ShapeException e) {
      return false;
    }
  }

  /** Means over whole feature maps. */
  void globalMean(OnnxNode node, boolean keepsExtents) throws InvalidFileException {
    requireImage(node);
    requireNoPads(node);
    boolean before = nonNegative;
    add(node, new AdaptiveAvgPool2d(1), List.of());
    nonNegative = before;
    if (!keepsExtents) {
      dims = List.of(dims.get(0));
    }
  }

  /**
   * @param momentum as in PyTorch: how far the statistics move at each step of training
   * @param parameters scale, shift, mean and variance: (C) each
   */
  void batchNormalization(OnnxNode node, float eps, float momentum, List<Values> parameters)
      throws InvalidFileException {
    requireImage(node);
    requireNoPads(node);
    for (Values parameter : parameters) {
      if (!parameter.dims().equals(List.of((long) shape.channels()))) {
        throw node.invalid(
            "has a parameter "
                + OnnxTensor.text(parameter.dims())
                + ", but an input of "
                + shape.channels()
                + " channels");
      }
    }
    int features = shape.channels();
    add(node, layer(node, () -> new BatchNorm2d(features, eps, momentum)), parameters);
  }

  /**
   * @param weight (outputs, inputs)
   * @param bias (outputs)
   */
  void linear(OnnxNode node, Values weight, Optional<Values> bias, Optional<QdqNames> quantization)
      throws InvalidFileException {
    requireNoPads(node);
    if (dims.size() != 1) {
      throw node.invalid("needs an input of (N, features), but gets N x " + OnnxTensor.text(dims));
    }
    flatten(node);
    if (weight.dims().size() != 2
        || weight.dims().contains(0L)
        || weight.dims().get(1) != shape.channels()) {
      throw node.invalid(
          "has weights for "
              + OnnxTensor.text(weight.dims())
              + " (outputs x inputs), but an input of "
              + shape.channels()
              + " features");
    }
    int outputs = Math.toIntExact(weight.dims().get(0));
    int features = shape.channels();
    Linear layer = layer(node, () -> new Linear(features, outputs, bias.isPresent()));
    weighted(node, layer, weight, bias, quantization);
  }

  private void weighted(
      OnnxNode node,
      Layer layer,
      Values weight,
      Optional<Values> bias,
      Optional<QdqNames> quantization)
      throws InvalidFileException {
    List<Values> parameters = new ArrayList<>(List.of(weight));
    if (bias.isPresent()) {
      parameters.add(Bias.of(node, bias.get(), weight.dims().get(0)));
    }
    add(new GraphLayer(layer, parameters, node, quantization));
    nonNegative = false;
  }

  /** Adds a number to each output of the last layer, which must have no bias. */
  void bias(OnnxNode node, Values bias) throws InvalidFileException {
    requireNoPads(node);
    GraphLayer last = layers.isEmpty() ? null : layers.get(layers.size() - 1);
    Layer biased =
        last == null
            ? null
            : last.layer() instanceof Linear linear && !linear.bias()
                ? new Linear(linear.inFeatures(), linear.outFeatures(), true)
                : last.layer() instanceof Conv2d conv && !conv.bias()
                    ? new Conv2d(
                        conv.inChannels(),
                        conv.outChannels(),
                        conv.kernel(),
                        conv.stride(),
                        conv.padding(),
                        true)
                    : null;
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
    List<Long> ones = dims.subList(1, dims.size());
    if (!ones.stream().allMatch(extent -> extent == 1)) {
      throw file.invalid(
          "its graph makes no classifier: it ends in N x "
              + OnnxTensor.text(dims)
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

  private void add(OnnxNode node, Layer layer, List<Values> parameters)
      throws InvalidFileException {
    add(new GraphLayer(layer, parameters, node, Optional.empty()));
    nonNegative = false;
  }

  private void add(GraphLayer layer) throws InvalidFileException {
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
  private void flatten(OnnxNode node) throws InvalidFileException {
    if (shape.rank() == 4) {
      dims = extents(shape);
      add(node, new Flatten(), List.of());
    }
  }

  private void requireImage(OnnxNode node) throws InvalidFileException {
    if (shape.rank() != 4 || !dims.equals(withPads(extents(shape)))) {
      throw node.invalid("needs an input of (N, C, H, W), but gets N x " + OnnxTensor.text(dims));
    }
  }

  private void requireNoPads(OnnxNode node) throws InvalidFileException {
    if (!pads.isNone()) {
      throw node.invalid("follows a Pad, which is only supported before a convolution or pool");
    }
  }

  /** Creates a layer; a number that it refuses is the node's fault. */
  private static <T extends Layer> T layer(OnnxNode node, LayerMaker<T> maker)
      throws InvalidFileException {
    try {
      return maker.make();
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw node.invalid("cannot be a layer: " + e.getMessage());
    }
  }

  private interface LayerMaker<T> {
    T make() throws InvalidFileException;
  }

  private static List<Long> extents(Shape shape) {
    return shape.dims().stream().skip(1).map(Integer::longValue).toList();
  }
}
