package org.nin4j.interchange.caffe;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nin4j.internal.Quoted;

/**
 * A layer of a Caffe network, in the form of 2013 ({@code layers}, with types in capitals) or the
 * later one ({@code layer}).
 *
 * @param type its type in the later form
 * @param parameters the layer's message
 */
record CaffeLayer(
    String name, String type, List<String> bottoms, List<String> tops, CaffeMessage parameters) {
  /** Layers that a network of the form of 2013 may have, by the types of the later form. */
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("ACCURACY", "Accuracy"),
          Map.entry("CONVOLUTION", "Convolution"),
          Map.entry("DATA", "Data"),
          Map.entry("DROPOUT", "Dropout"),
          Map.entry("FLATTEN", "Flatten"),
          Map.entry("IMAGE_DATA", "ImageData"),
          Map.entry("INNER_PRODUCT", "InnerProduct"),
          Map.entry("MEMORY_DATA", "MemoryData"),
          Map.entry("POOLING", "Pooling"),
          Map.entry("RELU", "ReLU"),
          Map.entry("SILENCE", "Silence"),
          Map.entry("SOFTMAX", "Softmax"),
          Map.entry("SOFTMAX_LOSS", "SoftmaxWithLoss"),
          Map.entry("SPLIT", "Split"));

  private static final Set<String> DATA = Set.of("Data", "ImageData", "Input", "MemoryData");

  private static final int MOST_LAYERS = 10_000;

  /**
   * Returns the layers of a network in their order.
   *
   * @throws IllegalArgumentException when there are none or too many, or they are of a form before
   *     2013
   */
  static List<CaffeLayer> of(CaffeMessage net) {
    List<CaffeMessage> old = net.messages("layers");
    List<CaffeMessage> later = net.messages("layer");
    if (old.isEmpty() == later.isEmpty()) {
      throw new IllegalArgumentException(
          old.isEmpty()
              ? "holds no layers; name the file of a whole network"
              : "has layers of two forms, 'layers' and 'layer'; upgrade it with Caffe's tools");
    }
    List<CaffeLayer> layers = new ArrayList<>();
    if (old.size() + later.size() > MOST_LAYERS) {
      throw new IllegalArgumentException(
          "has "
              + (old.size() + later.size())
              + " layers, and at most "
              + MOST_LAYERS
              + " are read");
    }
    old.forEach(layer -> layers.add(ofOldForm(layer)));
    later.forEach(layer -> layers.add(of(layer, layer.text("type"))));
    return layers;
  }

  private static CaffeLayer ofOldForm(CaffeMessage layer) {
    if (layer.has("layer")) {
      throw new IllegalArgumentException(
          "has layers of Caffe's first form, before 2014; upgrade it with Caffe's"
              + " upgrade_net_proto_text or upgrade_net_proto_binary");
    }
    String type = layer.choice("type", "NONE");
    return of(layer, TYPES.getOrDefault(type, type));
  }

  private static CaffeLayer of(CaffeMessage layer, String type) {
    return new CaffeLayer(
        layer.text("name"), type, layer.texts("bottom"), layer.texts("top"), layer);
  }

  /** Whether the network's images come from it. */
  boolean isData() {
    return DATA.contains(type);
  }

  /** The arrays of numbers that it keeps, in a file that has them. */
  List<CaffeMessage> blobs() {
    return parameters.messages("blobs");
  }

  IllegalArgumentException defect(String complaint) {
    return new IllegalArgumentException(this + " " + complaint);
  }

  /** {@code layer 'conv1' (Convolution)}, as in messages. */
  @Override
  public String toString() {
    return "layer " + Quoted.text(name) + " (" + Quoted.printable(type, 40) + ")";
  }

  /** {@code conv1 (Convolution): data -> conv1}. */
  String line() {
    return Quoted.printable(name, 80)
        + " ("
        + Quoted.printable(type, 40)
        + "): "
        + names(bottoms)
        + (bottoms.isEmpty() ? "-> " : " -> ")
        + names(tops);
  }

  private static String names(List<String> blobs) {
    return Quoted.printable(String.join(", ", blobs), 80);
  }
}
