package org.nin4j.engine;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Linear;
import org.nin4j.nn.Network;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;

class QuantizationTest {
  private static final Network NETWORK =
      new Network(
          "small",
          Shape.of(1, 1, 4, 4),
          new Sequential(new Conv2d(1, 4, 3), new Flatten(), new Linear(16, 4, true)));

  @Test
  void aQuantizationOfAnotherNetworkIsRefused() {
    QuantizedLayer ofFour =
        new QuantizedLayer(new QuantizationParameters(1, 0), List.of(1f, 1f, 1f, 1f));
    Map<String, QuantizedLayer> layers = new HashMap<>(Map.of("0", ofFour));
    refused("layer 2 Linear(in_features=16, out_features=4, bias=True)", layers);
    layers.put("2", new QuantizedLayer(new QuantizationParameters(1, 0), List.of(1f, 1f, 1f)));
    refused("needs 4 scales of its weights, but has 3", layers);
    layers.put("2", ofFour);
    layers.put("3", ofFour);
    refused("has 3 layers, but network 'small' has 2", layers);
  }

  private static void refused(String why, Map<String, QuantizedLayer> layers) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> new Quantization(layers).requireFits(NETWORK));
    assertTrue(e.getMessage().contains(why), e.getMessage());
  }

  @Test
  void sumsThatDoNotFitIntoThirtyTwoBitsAreRefused() {
    Network network =
        new Network(
            "wide",
            Shape.of(1, 1, 260, 260),
            new Sequential(new Flatten(), new Linear(260 * 260, 2, false)));
    Quantization quantization =
        new Quantization(
            Map.of("1", new QuantizedLayer(new QuantizationParameters(1, 0), List.of(1f, 1f))));
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> quantization.requireFits(network));
    assertTrue(e.getMessage().contains("67600 products"), e.getMessage());
  }
}
