package org.nin4j.interchange.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.nin4j.error.InvalidFileException;
import org.nin4j.interchange.onnx.GraphValue.Activation;
import org.nin4j.internal.Quoted;
import org.nin4j.nn.Shape;
import org.nin4j.nn.Size2d;

/** Follows a graph, node by node, from the image to the logits. */
final class GraphReader {
  private static final int OLDEST_OPSET = 7;
  private static final int NEWEST_OPSET = 22;

  private final OnnxFile file;
  private final GraphProto graph;
  private final long opset;
  private final LayerChain chain;
  private final GraphValues values;
  private final ShapeOperators shapes;
  private final ConstantOperators constants;
  private final LayerOperators operators;
  private final Qdq qdq;

  /**
   * @param isOwn whether the file says that this library has written it
   * @param bytes the size of the model's files
   * @param open height and width of the input, where the graph leaves them open
   */
  GraphReader(OnnxFile file, boolean isOwn, long bytes, Optional<Size2d> open)
      throws InvalidFileException {
    this.file = file;
    graph = file.model().getGraph();
    opset = supportedOpset(file);
    ValueInfoProto image = image();
    List<Dimension> dims = dims(image);
    Shape input = input(image, dims, open);
    long batch = dims.get(0).getDimValue() > 0 ? dims.get(0).getDimValue() : Extents.BATCH;
    chain = new LayerChain(file, input, new ValueBudget(bytes));
    values = new GraphValues(image.getName(), chain.dims());
    for (TensorProto tensor : graph.getInitializerList()) {
      values.addInitializer(new OnnxTensor(file, tensor, tensor.getName()));
    }
    shapes = new ShapeOperators(values, batch);
    qdq = new Qdq(isOwn, values);
    constants = new ConstantOperators(values, shapes, qdq);
    operators = new LayerOperators(chain, values, shapes, qdq);
  }

  private static long supportedOpset(OnnxFile file) throws InvalidFileException {
    long opset =
        file.opset()
            .orElseThrow(
                () ->
                    file.invalid(
                        "does not name its version of ONNX's operator set; export it again"));
    if (opset < OLDEST_OPSET || opset > NEWEST_OPSET) {
      throw file.invalid(
          "is of operator set "
              + opset
              + ", and "
              + OLDEST_OPSET
              + " to "
              + NEWEST_OPSET
              + " are supported; export it with one of them");
    }
    return opset;
  }

  /** The one input that has no values in the file. */
  private ValueInfoProto image() throws InvalidFileException {
    if (graph.getSparseInitializerCount() > 0) {
      throw file.invalid("holds sparse tensors, which are not supported");
    }
    Set<String> held =
        graph.getInitializerList().stream().map(TensorProto::getName).collect(Collectors.toSet());
    List<ValueInfoProto> inputs =
        graph.getInputList().stream().filter(input -> !held.contains(input.getName())).toList();
    if (inputs.size() != 1) {
      throw file.invalid(
          "takes "
              + inputs.size()
              + " inputs"
              + (inputs.isEmpty() ? "" : " (" + names(inputs) + ")")
              + ", and only one, the images, is supported");
    }
    return inputs.get(0);
  }

  private static String names(List<ValueInfoProto> values) {
    return values.stream()
            .limit(4)
            .map(value -> Quoted.text(value.getName()))
            .collect(Collectors.joining(", "))
        + (values.size() > 4 ? ", ..." : "");
  }

  private List<Dimension> dims(ValueInfoProto image) throws InvalidFileException {
    String name = "input " + Quoted.text(image.getName());
    ElementType type = ElementType.of(image.getType().getTensorType().getElemType());
    if (!image.getType().hasTensorType() || !type.isFloat()) {
      throw file.invalid(
          name + " is not a tensor of floating point numbers, and no other is supported");
    }
    List<Dimension> dims = image.getType().getTensorType().getShape().getDimList();
    if (dims.size() != 4) {
      throw file.invalid(
          name + " has " + dims.size() + " extents, and images have 4: (N, C, H, W)");
    }
    return dims;
  }

  private Shape input(ValueInfoProto image, List<Dimension> dims, Optional<Size2d> open)
      throws InvalidFileException {
    int[] extents = {1, 0, open.map(Size2d::height).orElse(0), open.map(Size2d::width).orElse(0)};
    String[] names = {"batch", "number of channels", "height", "width"};
    for (int i = 1; i < dims.size(); i++) {
      Dimension dim = dims.get(i);
      if (!dim.hasDimValue() && extents[i] == 0) {
        throw file.invalid(
            "input "
                + Quoted.text(image.getName())
                + " has a "
                + names[i]
                + (dim.getDimParam().isEmpty() ? "" : " " + Quoted.text(dim.getDimParam()))
                + " that is left open; "
                + (i == 1
                    ? "export the model for a fixed number of channels"
                    : "say the size of the images with --input (in Java: ImportOptions.inputSize)"));
      }
      long extent = dim.hasDimValue() ? dim.getDimValue() : extents[i];
      if (extent < 1 || extent > WindowAxis.LARGEST) {
        throw file.invalid(
            "input "
                + Quoted.text(image.getName())
                + " has a "
                + names[i]
                + " of "
                + extent
                + ", and 1 to "
                + WindowAxis.LARGEST
                + " are supported");
      }
      extents[i] = (int) extent;
    }
    return Shape.of(extents);
  }

  /** Reads all nodes. */
  void read() throws IOException {
    for (int i = 0; i < graph.getNodeCount(); i++) {
      read(new OnnxNode(file, graph.getNode(i), i, opset));
    }
    if (!qdq.isNone()) {
      throw file.invalid("ends in a QuantizeLinear, which is only supported before a Conv or Gemm");
    }
    if (graph.getOutputCount() != 1) {
      throw file.invalid(
          "has "
              + graph.getOutputCount()
              + " outputs"
              + (graph.getOutputCount() == 0 ? "" : " (" + names(graph.getOutputList()) + ")")
              + ", and only one, the logits, is supported");
    }
    String output = graph.getOutput(0).getName();
    if (!values.has(output)) {
      throw file.invalid("has an output " + Quoted.text(output) + " that no node computes");
    }
    if (!values.isCurrent(output)) {
      throw file.invalid(
          "has an output "
              + Quoted.text(output)
              + " that is not what its last node computes; branches are not supported");
    }
  }

  private void read(OnnxNode node) throws IOException {
    if (!OnnxFile.isOnnx(node.domain())) {
      throw node.invalid(
          isFunction(node)
              ? "calls a function of the file, and only ONNX's own operators are supported"
              : "is not one of ONNX's own operators, and no other is supported");
    }
    if (node.type().equals("Constant")) {
      constants.constant(node);
      return;
    }
    int activation = activation(node);
    if (activation < 0) {
      constants.add(node);
      return;
    }
    if (node.type().equals("Shape")) {
      shapes.shape(node);
      return;
    }
    values.requireCurrent(node, activation);
    boolean dequantizes = node.type().equals("DequantizeLinear");
    if (!dequantizes && !node.type().equals("Conv") && !node.type().equals("Gemm")) {
      qdq.requireNone(node);
    }
    if (activation > 0 && !(activation == 1 && node.type().equals("Add"))) {
      throw node.invalid(
          "has its input " + (activation + 1) + " depend on the image, which is not supported");
    }
    if (!operators.add(node, activation)) {
      throw node.invalid("is an operator that is not supported");
    }
    values.setCurrent(node, chain.dims());
  }

  /** The first input that depends on the image; -1 where there is none. */
  private int activation(OnnxNode node) throws InvalidFileException {
    int first = -1;
    for (int i = 0; i < node.inputs().size(); i++) {
      if (node.input(i).isPresent() && values.get(node, i) instanceof Activation) {
        if (first >= 0) {
          throw node.invalid(
              "has two inputs that depend on the image, "
                  + Quoted.text(node.inputs().get(first))
                  + " and "
                  + Quoted.text(node.inputs().get(i))
                  + "; branches are not supported");
        }
        first = i;
      }
    }
    return first;
  }

  private boolean isFunction(OnnxNode node) {
    return file.model().getFunctionsList().stream()
        .anyMatch(
            function ->
                function.getDomain().equals(node.domain())
                    && function.getName().equals(node.type()));
  }

  LayerChain chain() {
    return chain;
  }

  long opset() {
    return opset;
  }
}
