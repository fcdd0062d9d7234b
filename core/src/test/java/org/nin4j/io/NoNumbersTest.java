package org.nin4j.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nin4j.data.Preprocessing;
import org.nin4j.engine.Weights;
import org.nin4j.nn.AdaptiveAvgPool2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Network;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;

class NoNumbersTest {
  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void aModelFileWhoseWeightIsNoNumberIsRefusedByItsPlace(float value, @TempDir Path folder)
      throws IOException {
    Network network =
        new Network(
            "small",
            Shape.of(1, 1, 4, 4),
            new Sequential(new Conv2d(1, 2, 3), new AdaptiveAvgPool2d(1), new Flatten()));
    Weights weights = Weights.zeros(network);
    weights.values("0.weight")[17] = value;
    Path file = folder.resolve("model.safetensors");
    Preprocessing pixels = Preprocessing.unit(1, 4, 4);
    Models.write(file, new Model(network, weights, List.of("a", "b"), pixels, Map.of()));
    assertEquals(
        file
            + ": weight 0.weight[17] is "
            + value
            + ", nothing to compute with; take another model",
        assertThrows(IOException.class, () -> Models.read(file)).getMessage());
  }
}
