package org.nin4j.engine;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.nin4j.nn.BatchNorm2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Layer;
import org.nin4j.nn.Network;
import org.nin4j.nn.Parameter.Role;
import org.nin4j.nn.PlacedLayer;
import org.nin4j.nn.Sequential;

/**
 * Folds each BatchNorm2d that directly follows a Conv2d into that convolution, for inference. There
 * a BatchNorm2d multiplies a channel with factor = weight / sqrt(running_var + eps) and adds to it,
 * as a convolution can: its weights become W factor, its bias (b - running_mean) factor + bias. A
 * convolution without a bias gets one. Both networks compute the same up to rounding. A BatchNorm2d
 * behind any other layer stays.
 */
public final class BatchNormFolding {
  /**
   * A layer of the folded network.
   *
   * @param source the layer in the network
   * @param norm the BatchNorm2d that is folded into it; null without one
   */
  private record Folded(PlacedLayer source, PlacedLayer norm) {
    Layer layer() {
      return norm != null && source.layer() instanceof Conv2d convolution
          ? withBias(convolution)
          : source.layer();
    }

    private static Conv2d withBias(Conv2d layer) {
      return new Conv2d(
          layer.inChannels(),
          layer.outChannels(),
          layer.kernel(),
          layer.stride(),
          layer.padding(),
          true);
    }
  }

  private final Network original;
  private final Network network;
  private final List<Folded> layers; // of the folded network, in the order in which they run

  private BatchNormFolding(Network original, Network network, List<Folded> layers) {
    this.original = original;
    this.network = network;
    this.layers = layers;
  }

  /**
   * Finds what can be folded in a network.
   *
   * @param network any network
   * @return the folding, which may fold nothing
   */
  public static BatchNormFolding of(Network network) {
    List<PlacedLayer> leaves = network.layers().leaves();
    List<Folded> folded = new ArrayList<>();
    List<Optional<Layer>> replacements = new ArrayList<>(); // of each leaf; empty for a folded one
    for (int i = 0; i < leaves.size(); i++) {
      PlacedLayer placed = leaves.get(i);
      boolean follows = i + 1 < leaves.size() && leaves.get(i + 1).layer() instanceof BatchNorm2d;
      boolean folds = follows && placed.layer() instanceof Conv2d;
      Folded layer = new Folded(placed, folds ? leaves.get(i + 1) : null);
      folded.add(layer);
      replacements.add(Optional.of(layer.layer()));
      if (folds) {
        replacements.add(Optional.empty());
        i++;
      }
    }
    Network target =
        folded.size() == leaves.size()
            ? network
            : new Network(
                network.name(),
                network.input(),
                new Sequential(replaced(network.layers(), replacements.iterator())));
    return new BatchNormFolding(network, target, List.copyOf(folded));
  }

  /** The layers with their leaves replaced, in the order of the leaves. */
  private static List<Layer> replaced(Sequential layers, Iterator<Optional<Layer>> leaves) {
    List<Layer> replaced = new ArrayList<>();
    for (Layer layer : layers.layers()) {
      if (layer instanceof Sequential nested) {
        List<Layer> inner = replaced(nested, leaves);
        if (!inner.isEmpty()) {
          replaced.add(new Sequential(inner));
        }
      } else {
        leaves.next().ifPresent(replaced::add);
      }
    }
    return replaced;
  }

  /**
   * {@return the network without the BatchNorm2d layers that are folded, under the same name;
   * layers behind them have other paths. Where there is nothing to fold, the network itself}
   */
  public Network network() {
    return network;
  }

  /**
   * Returns the weights of the folded network. They are computed in double precision and rounded
   * once.
   *
   * @param weights the weights of the network that is folded; they stay as they are
   * @return the weights of {@link #network}; where there is nothing to fold, the argument itself
   * @throws IllegalArgumentException when there is something to fold and the weights are those of
   *     another network
   */
  public Weights fold(Weights weights) {
    if (network.equals(original)) {
      return weights;
    }
    if (!weights.parameters().equals(original.parameters())) {
      throw new IllegalArgumentException(
          "the weights are not those of network '" + original.name() + "'");
    }
    Weights folded = Weights.zeros(network);
    List<PlacedLayer> targets = network.layers().leaves();
    for (int i = 0; i < targets.size(); i++) {
      Folded layer = layers.get(i);
      if (layer.norm() == null) {
        copy(layer.source(), weights, targets.get(i), folded);
      } else {
        fold(layer, weights, targets.get(i), folded);
      }
    }
    return folded;
  }

  private static void copy(PlacedLayer source, Weights from, PlacedLayer target, Weights to) {
    for (int i = 0; i < source.parameters().size(); i++) {
      float[] values = from.values(source.parameters().get(i).name());
      float[] copy = to.values(target.parameters().get(i).name());
      System.arraycopy(values, 0, copy, 0, values.length);
    }
  }

  private static void fold(Folded layer, Weights from, PlacedLayer target, Weights to) {
    PlacedLayer norm = layer.norm();
    float[] scale = from.values(norm.parameter(Role.NORM_SCALE).name());
    float[] shift = from.values(norm.parameter(Role.NORM_SHIFT).name());
    float[] mean = from.values(norm.parameter(Role.RUNNING_MEAN).name());
    float[] variance = from.values(norm.parameter(Role.RUNNING_VARIANCE).name());
    float eps = ((BatchNorm2d) norm.layer()).eps();
    Conv2d convolution = (Conv2d) layer.source().layer();
    float[] weight = from.values(layer.source().parameter(Role.WEIGHT).name());
    float[] bias =
        convolution.bias()
            ? from.values(layer.source().parameter(Role.BIAS).name())
            : new float[convolution.outChannels()];
    float[] foldedWeight = to.values(target.parameter(Role.WEIGHT).name());
    float[] foldedBias = to.values(target.parameter(Role.BIAS).name());
    int perOutput = weight.length / bias.length;
    for (int o = 0; o < bias.length; o++) {
      double factor = scale[o] / Math.sqrt((double) variance[o] + eps);
      for (int i = o * perOutput; i < (o + 1) * perOutput; i++) {
        foldedWeight[i] = (float) (weight[i] * factor);
      }
      foldedBias[o] = (float) (((double) bias[o] - mean[o]) * factor + shift[o]);
    }
  }
}
