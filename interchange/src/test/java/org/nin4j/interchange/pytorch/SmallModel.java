package org.nin4j.interchange.pytorch;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.nin4j.data.Normalize;
import org.nin4j.data.Preprocessing;
import org.nin4j.engine.Quantization;
import org.nin4j.engine.QuantizationParameters;
import org.nin4j.engine.QuantizedLayer;
import org.nin4j.engine.Weights;
import org.nin4j.io.Model;
import org.nin4j.nn.AdaptiveAvgPool2d;
import org.nin4j.nn.BatchNorm2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Network;
import org.nin4j.nn.ReLU;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;

/** A model with a BatchNorm2d in a block. */
final class SmallModel {
  static final Network NETWORK =
      new Network(
          "small",
          Shape.of(1, 1, 8, 8),
          new Sequential(
              new Sequential(new Conv2d(1, 2, 3), new BatchNorm2d(2), new ReLU()),
              new Conv2d(2, 3, 1),
              new AdaptiveAvgPool2d(1),
              new Flatten()));

  private SmallModel() {}

  static Model random() {
    Weights weights = Weights.zeros(NETWORK);
    Random random = new Random(1);
    for (int i = 0; i < weights.count(); i++) {
      float[] values = weights.values(i);
      for (int k = 0; k < values.length; k++) {
        values[k] = random.nextFloat();
      }
    }
    return with(weights);
  }

  static Model quantized() {
    Model model = random();
    QuantizationParameters input = new QuantizationParameters(0.02f, 128);
    Map<String, QuantizedLayer> layers =
        Map.of(
            "0.0", new QuantizedLayer(input, List.of(0.01f, 0.03f)),
            "1", new QuantizedLayer(input, List.of(0.1f, 0.02f, 0.005f)));
    return new Model(
        model.network(),
        model.weights(),
        model.classes(),
        model.preprocessing(),
        model.provenance(),
        new Quantization(layers));
  }

  static Model with(Weights weights) {
    return with(weights, Map.of("seed", "1", "best/../accuracy \n é", "0.9012", "..", "dots"));
  }

  static Model with(Weights weights, Map<String, String> provenance) {
    return new Model(
        NETWORK,
        weights,
        List.of("Bag", "T-shirt/top", "Größe \"M\""),
        Preprocessing.unit(1, 8, 8).then(new Normalize(List.of(0.28604f), List.of(0.35302424f))),
        provenance);
  }
}
