package org.nin4j.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.nin4j.nn.Layer;
import org.nin4j.nn.Network;
import org.nin4j.nn.PlacedLayer;
import org.nin4j.nn.ReLU;
import org.nin4j.nn.Sequential;

/**
 * The layers behind a layer, from its maps to a score for each class: the logits, but without a
 * ReLU behind the last layer with parameters. A logit that this ReLU sets to 0 has no gradient,
 * although there is evidence.
 */
final class ScoreNetwork {
  private ScoreNetwork() {}

  /**
   * Cuts a network.
   *
   * @param leaf index in the network's leaves of the layer whose output is the input of the cut one
   */
  static Network after(Network network, int leaf) {
    Network rest = network.after(network.layers().leaves().get(leaf).path());
    List<PlacedLayer> leaves = rest.layers().leaves();
    int lastWithParameters =
        IntStream.range(0, leaves.size())
            .filter(i -> !leaves.get(i).parameters().isEmpty())
            .max()
            .orElse(leaves.size());
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < leaves.size(); i++) {
      Layer layer = leaves.get(i).layer();
      if (i < lastWithParameters || !(layer instanceof ReLU)) {
        layers.add(layer);
      }
    }
    return new Network(rest.name(), rest.input(), new Sequential(layers));
  }
}
