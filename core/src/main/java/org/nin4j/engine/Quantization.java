package org.nin4j.engine;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Linear;
import org.nin4j.nn.Network;
import org.nin4j.nn.Parameter;
import org.nin4j.nn.PlacedLayer;

/**
 * How a network computes in 8-bit integers (Jacob et al., 2018, "Quantization and Training of
 * Neural Networks for Efficient Integer-Arithmetic-Only Inference"): every Conv2d and Linear takes
 * and multiplies integers and sums them up in 32 bits; other layers compute as they do in fp32.
 *
 * @param layers by path, one for each Conv2d and Linear: {@code 2.0}
 */
public record Quantization(Map<String, QuantizedLayer> layers) {
  private static final int MOST_TERMS = Integer.MAX_VALUE / (255 * QuantizedLayer.LARGEST_WEIGHT);

  public Quantization {
    layers = Collections.unmodifiableMap(new TreeMap<>(layers));
  }

  /** The Conv2d and Linear layers of a network, in the order in which they run. */
  public static List<PlacedLayer> quantizable(Network network) {
    return network.layers().leaves().stream().filter(Quantization::isQuantizable).toList();
  }

  /** Whether a layer computes in integers. */
  public static boolean isQuantizable(PlacedLayer placed) {
    return placed.layer() instanceof Conv2d || placed.layer() instanceof Linear;
  }

  /** The integers of the layer at a path, which exists. */
  public QuantizedLayer layer(String path) {
    return layers.get(path);
  }

  /**
   * Checks that this is of that network.
   *
   * @throws IllegalArgumentException with the first layer that does not fit
   */
  public void requireFits(Network network) {
    List<PlacedLayer> quantizable = quantizable(network);
    for (PlacedLayer placed : quantizable) {
      QuantizedLayer layer = layers.get(placed.path());
      Parameter weight = placed.parameter(Parameter.Role.WEIGHT);
      int outputs = weight.shape().dim(0);
      String itself =
          "layer " + placed.path() + " " + placed.layer() + " of network '" + network.name() + "'";
      if (layer == null) {
        throw new IllegalArgumentException(itself + " has no scales; quantize the model again");
      }
      if (layer.weightScales().size() != outputs) {
        throw new IllegalArgumentException(
            itself
                + " needs "
                + outputs
                + " scales of its weights, but has "
                + layer.weightScales().size()
                + "; quantize the model again");
      }
      int terms = weight.size() / outputs;
      if (terms > MOST_TERMS) {
        throw new IllegalArgumentException(
            itself
                + " sums up "
                + terms
                + " products, more than the "
                + MOST_TERMS
                + " of 8-bit integers that fit into 32 bits; use fp32 or bf16");
      }
    }
    if (layers.size() != quantizable.size()) {
      throw new IllegalArgumentException(
          "the quantization has "
              + layers.size()
              + " layers, but network '"
              + network.name()
              + "' has "
              + quantizable.size()
              + " with integers; quantize the model again");
    }
  }
}
