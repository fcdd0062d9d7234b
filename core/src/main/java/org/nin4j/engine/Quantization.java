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
 * Neural Networks for Efficient Integer-Arithmetic-Only Inference"). Every Conv2d and Linear layer
 * rounds its input to integers, multiplies them with integer weights, and adds the products in 32
 * bits; other layers compute as they do in fp32.
 *
 * @param layers by PyTorch's path, as {@code 2.0}: one for each Conv2d and Linear layer
 */
public record Quantization(Map<String, QuantizedLayer> layers) {
  private static final int MOST_TERMS = Integer.MAX_VALUE / (255 * QuantizedLayer.LARGEST_WEIGHT);

  /**
   * Copies the map.
   *
   * @param layers by PyTorch's path: one for each Conv2d and Linear layer
   */
  public Quantization {
    layers = Collections.unmodifiableMap(new TreeMap<>(layers));
  }

  /**
   * Returns the Conv2d and Linear layers of a network.
   *
   * @param network any network
   * @return the layers, in the order in which they run
   */
  public static List<PlacedLayer> quantizable(Network network) {
    return network.layers().leaves().stream().filter(Quantization::isQuantizable).toList();
  }

  /**
   * Says whether a layer computes in integers: whether it is a Conv2d or a Linear layer.
   *
   * @param placed a layer of a network
   * @return whether a quantization has an entry for the layer
   */
  public static boolean isQuantizable(PlacedLayer placed) {
    return placed.layer() instanceof Conv2d || placed.layer() instanceof Linear;
  }

  /**
   * Returns the integers of a layer.
   *
   * @param path PyTorch's path of the layer
   * @return the integers; null when there is no such layer
   */
  public QuantizedLayer layer(String path) {
    return layers.get(path);
  }

  /**
   * Checks that this quantization belongs to a network.
   *
   * @param network the network that is to compute with it
   * @throws IllegalArgumentException when a layer has no scales or the wrong number of them, when
   *     it adds more products than fit into 32 bits, or when there are scales for other layers
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
