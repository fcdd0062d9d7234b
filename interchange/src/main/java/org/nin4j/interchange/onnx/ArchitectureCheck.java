package org.nin4j.interchange.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nin4j.error.InvalidFileException;
import org.nin4j.internal.Quoted;
import org.nin4j.nn.AdaptiveAvgPool2d;
import org.nin4j.nn.AvgPool2d;
import org.nin4j.nn.BatchNorm2d;
import org.nin4j.nn.Dropout;
import org.nin4j.nn.Layer;
import org.nin4j.nn.MaxPool2d;
import org.nin4j.nn.Network;
import org.nin4j.nn.Parameter;
import org.nin4j.nn.PlacedLayer;
import org.nin4j.nn.Shape;

/**
 * Checks that the graph of a file computes what the architecture in its metadata says: someone may
 * have changed one of them.
 */
final class ArchitectureCheck {
  private final OnnxFile file;
  private final Network network;
  private final LayerChain chain;

  ArchitectureCheck(OnnxFile file, Network network, LayerChain chain) {
    this.file = file;
    this.network = network;
    this.chain = chain;
  }

  /**
   * Compares layer by layer.
   *
   * @throws InvalidFileException when they differ, with the first layer that does
   */
  void requireEqual() throws InvalidFileException {
    if (chain.softmax().isPresent()) {
      throw contradiction("there is a " + chain.softmax().get().type() + " in the graph");
    }
    chain.network(network.name()); // adds a last Flatten where there is none
    if (!chain.input().equals(network.input())) {
      throw contradiction(
          "the input is " + network.input() + ", but " + chain.input() + " in the graph");
    }
    List<PlacedLayer> expected =
        network.layers().leaves().stream()
            .filter(placed -> !(placed.layer() instanceof Dropout))
            .toList();
    List<GraphLayer> found =
        chain.layers().stream().filter(layer -> !(layer.layer() instanceof Dropout)).toList();
    Shape shape = network.input();
    for (int i = 0; i < Math.max(expected.size(), found.size()); i++) {
      if (i == expected.size()) {
        throw contradiction("there is also " + found.get(i).node() + " in the graph");
      }
      PlacedLayer placed = expected.get(i);
      String layer = "layer " + placed.path() + " " + placed.layer();
      if (i == found.size()) {
        throw contradiction(layer + " is not in the graph");
      }
      if (!isSame(placed.layer(), found.get(i).layer(), shape)) {
        throw contradiction(
            layer + " is " + found.get(i).layer() + " in the graph, " + found.get(i).node());
      }
      requireParameters(layer, placed, found.get(i));
      shape = placed.layer().outputShape(shape);
    }
  }

  /** Whether two layers compute the same in inference. */
  private static boolean isSame(Layer expected, Layer found, Shape input) {
    if (expected.equals(found)) {
      return true;
    }
    if (expected instanceof BatchNorm2d one && found instanceof BatchNorm2d other) {
      return one.features() == other.features() && one.eps() == other.eps();
    }
    return isPool(expected)
        && isPool(found)
        && expected instanceof MaxPool2d == found instanceof MaxPool2d
        && expected.outputShape(input).equals(found.outputShape(input))
        && PooledPixels.of(expected, 0, input).equals(PooledPixels.of(found, 0, input))
        && PooledPixels.of(expected, 1, input).equals(PooledPixels.of(found, 1, input));
  }

  private static boolean isPool(Layer layer) {
    return layer instanceof MaxPool2d
        || layer instanceof AvgPool2d
        || layer instanceof AdaptiveAvgPool2d;
  }

  /** The graph must use each parameter where the architecture has it. */
  private void requireParameters(String layer, PlacedLayer placed, GraphLayer found)
      throws InvalidFileException {
    String path = placed.path();
    List<String> expected =
        new ArrayList<>(placed.parameters().stream().map(Parameter::name).toList());
    List<String> names = new ArrayList<>();
    for (Values values : found.parameters()) {
      Values own = values instanceof Bias bias ? bias.values() : values;
      boolean asInFile =
          own instanceof OnnxTensor
              || (own instanceof QuantizedWeights && found.quantization().isPresent());
      names.add(asInFile && own.dims().equals(values.dims()) ? own.name() : "a changed tensor");
    }
    Optional<QdqNames> quantization = found.quantization();
    if (quantization.isPresent()) {
      expected.addAll(
          List.of(path + ".input_scale", path + ".input_zero_point", path + ".weight_scale"));
      names.add(quantization.get().inputScale());
      names.add(quantization.get().inputZeroPoint());
      names.add(quantization.get().weightScale());
    }
    for (int i = 0; i < expected.size(); i++) {
      if (!expected.get(i).equals(names.get(i))) {
        throw contradiction(
            layer
                + " uses "
                + Quoted.text(names.get(i))
                + " instead of "
                + Quoted.text(expected.get(i))
                + " in the graph");
      }
    }
  }

  private InvalidFileException contradiction(String how) {
    return file.invalid(
        "its graph is not the architecture in its metadata: "
            + how
            + "; remove the metadata 'format' to use the graph alone");
  }
}
