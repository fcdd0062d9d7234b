package org.nin4j.interchange.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nin4j.error.InvalidFileException;
import org.nin4j.io.TensorInfo;
import org.nin4j.nn.BatchNorm2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Layer;
import org.nin4j.nn.Linear;
import org.nin4j.nn.Shape;

/** The operators that become layers with parameters. */
final class WeightedOperators {
  private final LayerChain chain;
  private final GraphValues values;
  private final Qdq qdq;

  WeightedOperators(LayerChain chain, GraphValues values, Qdq qdq) {
    this.chain = chain;
    this.values = values;
    this.qdq = qdq;
  }

  /**
   * Adds a node whose first input is the current value.
   *
   * @return whether the operator is known
   */
  boolean add(OnnxNode node) throws InvalidFileException {
    switch (node.type()) {
      case "Conv" -> conv(node);
      case "Gemm" -> gemm(node);
      case "MatMul" -> matMul(node);
      case "BatchNormalization" -> batchNormalization(node);
      default -> {
        return false;
      }
    }
    return true;
  }

  private void conv(OnnxNode node) throws InvalidFileException {
    node.requireOnly("auto_pad", "dilations", "group", "kernel_shape", "pads", "strides");
    Values weight = values.requiredConstant(node, 1, "weights");
    List<Long> kernel = node.integers("kernel_shape").orElse(List.of());
    List<Long> dims = weight.dims();
    if (!kernel.isEmpty() && dims.size() == 4 && !kernel.equals(dims.subList(2, 4))) {
      throw node.invalid(
          "has kernel_shape " + kernel + ", but weights " + TensorInfo.text(weight.dims()));
    }
    convolution(node, weight, values.constant(node, 2), qdq.take(node, weight));
  }

  private void gemm(OnnxNode node) throws InvalidFileException {
    node.requireOnly("alpha", "beta", "transA", "transB");
    node.require("transA", 0, 0);
    Values matrix = matrix(node, node.integer("transB", 0) != 0);
    float beta = node.real("beta", 1);
    Optional<Values> bias = values.constant(node, 2).map(each -> ScaledValues.of(each, beta));
    Values weight = ScaledValues.of(matrix, node.real("alpha", 1));
    linear(node, weight, bias, qdq.take(node, weight));
  }

  private void matMul(OnnxNode node) throws InvalidFileException {
    node.requireOnly();
    linear(node, matrix(node, false), Optional.empty(), Optional.empty());
  }

  /** The second operand as (outputs, inputs). */
  private Values matrix(OnnxNode node, boolean transposed) throws InvalidFileException {
    Values matrix = values.requiredConstant(node, 1, "weights");
    if (matrix.dims().size() != 2) {
      throw node.invalid(
          "has weights " + TensorInfo.text(matrix.dims()) + ", and only matrices are supported");
    }
    return transposed ? matrix : TransposedMatrix.of(matrix);
  }

  private void batchNormalization(OnnxNode node) throws InvalidFileException {
    node.requireOnly("epsilon", "momentum", "spatial", "training_mode");
    node.require("spatial", 1, 1);
    node.require("training_mode", 0, 0);
    List<Values> parameters = new ArrayList<>();
    for (int i = 1; i <= 4; i++) {
      parameters.add(values.requiredConstant(node, i, "mean, variance, scale or shift"));
    }
    // of the old statistics, not of the new as in PyTorch; 0.9 is to become 0.1, not 0.100000024
    double keep = Double.parseDouble(Float.toString(node.real("momentum", 0.9f)));
    float momentum = keep >= 0 && keep <= 1 ? (float) (1 - keep) : 0.1f;
    batchNormalization(node, node.real("epsilon", 1e-5f), momentum, parameters);
  }

  /**
   * @param weight (M, C, KH, KW)
   * @param bias (M)
   */
  private void convolution(
      OnnxNode node, Values weight, Optional<Values> bias, Optional<QdqNames> quantization)
      throws InvalidFileException {
    chain.requireImage(node);
    Shape shape = chain.shape();
    List<Long> kernel = weight.dims();
    if (kernel.size() != 4 || kernel.contains(0L)) {
      throw node.invalid(
          "has weights "
              + TensorInfo.text(kernel)
              + ", and images need four extents of at least 1");
    }
    node.require("group", 1, 1);
    if (kernel.get(1) != shape.channels()) {
      throw node.invalid(
          "has weights "
              + TensorInfo.text(kernel)
              + ", but an input of "
              + shape.channels()
              + " channels");
    }
    ConvolutionGeometry geometry = ConvolutionGeometry.of(node, shape, chain.pads(), kernel);
    int inputs = shape.channels();
    Conv2d layer =
        layer(node, () -> geometry.layer(inputs, Math.toIntExact(kernel.get(0)), bias.isPresent()));
    chain.addPadded(weighted(node, layer, geometry.weights(weight), bias, quantization));
  }

  /**
   * @param weight (outputs, inputs)
   * @param bias (outputs)
   */
  private void linear(
      OnnxNode node, Values weight, Optional<Values> bias, Optional<QdqNames> quantization)
      throws InvalidFileException {
    List<Long> dims = chain.dims();
    chain.requireNoPads(node);
    if (dims.size() != 1) {
      throw node.invalid("needs an input of (N, features), but gets N x " + TensorInfo.text(dims));
    }
    chain.flatten(node);
    Shape shape = chain.shape();
    if (weight.dims().size() != 2
        || weight.dims().contains(0L)
        || weight.dims().get(1) != shape.channels()) {
      throw node.invalid(
          "has weights for "
              + TensorInfo.text(weight.dims())
              + " (outputs x inputs), but an input of "
              + shape.channels()
              + " features");
    }
    int outputs = Math.toIntExact(weight.dims().get(0));
    int features = shape.channels();
    Linear layer = layer(node, () -> new Linear(features, outputs, bias.isPresent()));
    chain.add(weighted(node, layer, weight, bias, quantization));
  }

  private static GraphLayer weighted(
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
    return new GraphLayer(layer, parameters, node, quantization);
  }

  /**
   * @param momentum as in PyTorch: how far the statistics move at each step of training
   * @param parameters scale, shift, mean and variance: (C) each
   */
  private void batchNormalization(OnnxNode node, float eps, float momentum, List<Values> parameters)
      throws InvalidFileException {
    Shape shape = chain.shape();
    chain.requireImage(node);
    chain.requireNoPads(node);
    for (Values parameter : parameters) {
      if (!parameter.dims().equals(List.of((long) shape.channels()))) {
        throw node.invalid(
            "has a parameter "
                + TensorInfo.text(parameter.dims())
                + ", but an input of "
                + shape.channels()
                + " channels");
      }
    }
    int features = shape.channels();
    Layer layer = layer(node, () -> new BatchNorm2d(features, eps, momentum));
    chain.add(new GraphLayer(layer, parameters, node, Optional.empty()));
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
}
