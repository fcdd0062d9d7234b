package org.nin4j.fuzz;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nin4j.data.Normalize;
import org.nin4j.data.Preprocessing;
import org.nin4j.engine.Quantization;
import org.nin4j.engine.QuantizationParameters;
import org.nin4j.engine.QuantizedLayer;
import org.nin4j.engine.Weights;
import org.nin4j.io.ImportOptions;
import org.nin4j.io.Model;
import org.nin4j.nn.Network;
import org.nin4j.nn.NetworkJson;

/** Models of a few weights for images of 1x4x4 and two classes, as valid input to begin with. */
public final class TinyModels {
  /** The names of the classes. */
  public static final List<String> CLASSES = List.of("cat", "dog");

  /** How pixels become numbers. */
  public static final Normalize NORMALIZE = new Normalize(List.of(0.5f), List.of(0.25f));

  private static final String TINY =
      """
      {"name": "tiny", "input": [1, 4, 4], "layers": [
        {"type": "Conv2d", "in_channels": 1, "out_channels": 2, "kernel_size": 1},
        {"type": "ReLU"},
        {"type": "AdaptiveAvgPool2d", "output_size": 1},
        {"type": "Flatten"}]}
      """;

  private static final String VARIED =
      """
      {"name": "varied", "input": [1, 4, 4], "layers": [
        {"type": "Conv2d", "in_channels": 1, "out_channels": 2, "kernel_size": 3, "padding": 1},
        {"type": "BatchNorm2d", "num_features": 2},
        {"type": "ReLU"},
        {"type": "MaxPool2d", "kernel_size": 2, "stride": 2, "ceil_mode": true},
        {"type": "Dropout", "p": 0.5},
        {"type": "AvgPool2d", "kernel_size": 2, "stride": 1, "padding": 1},
        {"type": "Flatten"},
        {"type": "Linear", "in_features": 18, "out_features": 2}]}
      """;

  private TinyModels() {}

  /** Returns a network of one convolution. */
  public static Network tiny() {
    return NetworkJson.read(TINY, "tiny");
  }

  /** Returns a network with most kinds of layers. */
  public static Network varied() {
    return NetworkJson.read(VARIED, "varied");
  }

  /** Returns a model of one of the networks. */
  public static Model model(Network network) {
    Weights weights = Weights.zeros(network);
    for (int i = 0; i < weights.count(); i++) {
      float[] values = weights.values(i);
      for (int j = 0; j < values.length; j++) {
        values[j] = (j + 1) / 8f;
      }
    }
    return new Model(network, weights, CLASSES, preprocessing(), Map.of("note", "none"));
  }

  /** Returns the tiny model in int8. */
  public static Model quantized() {
    Model model = model(tiny());
    QuantizedLayer layer =
        new QuantizedLayer(new QuantizationParameters(0.5f, 128), List.of(0.125f, 0.125f));
    Map<String, QuantizedLayer> layers = new LinkedHashMap<>();
    Quantization.quantizable(model.network()).forEach(each -> layers.put(each.path(), layer));
    return new Model(
        model.network(),
        model.weights(),
        CLASSES,
        preprocessing(),
        Map.of(),
        new Quantization(layers));
  }

  /** Returns how images become numbers. */
  public static Preprocessing preprocessing() {
    return Preprocessing.unit(1, 4, 4).then(NORMALIZE);
  }

  /** Returns what a file does not say that holds no more than the weights of a network. */
  public static ImportOptions options(Network network) {
    return ImportOptions.none().network(network).classes(CLASSES).normalization(NORMALIZE);
  }
}
