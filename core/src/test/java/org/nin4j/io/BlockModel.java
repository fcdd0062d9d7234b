package org.nin4j.io;

import java.util.List;
import java.util.Map;
import org.nin4j.data.Preprocessing;
import org.nin4j.engine.Quantization;
import org.nin4j.engine.QuantizationParameters;
import org.nin4j.engine.QuantizedLayer;
import org.nin4j.engine.Weights;
import org.nin4j.nn.AdaptiveAvgPool2d;
import org.nin4j.nn.BatchNorm2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Network;
import org.nin4j.nn.ReLU;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;
import org.nin4j.train.Initializer;

/** A model of a few weights with a block, a BatchNorm2d, and texts that are not plain. */
public final class BlockModel {
  private static final Network NETWORK =
      new Network(
          "small",
          Shape.of(1, 1, 8, 8),
          new Sequential(
              new Sequential(
                  new Conv2d(1, 2, 3), new BatchNorm2d(2), new ReLU(), new Conv2d(2, 3, 1)),
              new AdaptiveAvgPool2d(1),
              new Flatten()));

  private static final Map<String, QuantizedLayer> LAYERS =
      Map.of(
          "0.0", new QuantizedLayer(new QuantizationParameters(0.02f, 128), List.of(0.01f, 0.03f)),
          "0.3",
              new QuantizedLayer(
                  new QuantizationParameters(0.5f, 0), List.of(0.1f, 0.02f, 0.005f)));

  private BlockModel() {}

  /** Returns the model in fp32. */
  public static Model plain() {
    return of(Initializer.HE.initialize(NETWORK, 1), null);
  }

  /** Returns the model in int8. */
  public static Model quantized() {
    Weights weights = Initializer.HE.initialize(NETWORK, 1);
    LAYERS.forEach((path, layer) -> layer.round(weights.values(path + ".weight")));
    return of(weights, new Quantization(LAYERS));
  }

  private static Model of(Weights weights, Quantization quantization) {
    return new Model(
        NETWORK,
        weights,
        List.of("a", "\u00fc\"\\", "\ud83d\udc22"),
        Preprocessing.unit(1, 8, 8),
        Map.of("data", "a file\nof lines"),
        quantization);
  }
}
