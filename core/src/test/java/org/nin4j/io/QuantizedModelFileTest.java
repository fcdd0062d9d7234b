package org.nin4j.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nin4j.engine.WeightsBits.sameBits;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

class QuantizedModelFileTest {
  private static final Network NETWORK =
      new Network(
          "small",
          Shape.of(1, 1, 8, 8),
          new Sequential(
              new Sequential(
                  new Conv2d(1, 2, 3), new BatchNorm2d(2), new ReLU(), new Conv2d(2, 3, 1)),
              new AdaptiveAvgPool2d(1),
              new Flatten()));

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameAFile() {
    file = folder.resolve("model.safetensors");
  }

  private static Model quantized() {
    Weights weights = Initializer.HE.initialize(NETWORK, 1);
    Map<String, QuantizedLayer> layers =
        Map.of(
            "0.0",
                new QuantizedLayer(new QuantizationParameters(0.02f, 128), List.of(0.01f, 0.03f)),
            "0.3",
                new QuantizedLayer(
                    new QuantizationParameters(0.5f, 0), List.of(0.1f, 0.02f, 0.005f)));
    layers.forEach((path, layer) -> layer.round(weights.values(path + ".weight")));
    return new Model(
        NETWORK,
        weights,
        List.of("a", "b", "c"),
        Preprocessing.unit(1, 8, 8),
        Map.of(),
        new Quantization(layers));
  }

  @Test
  void aQuantizedModelComesBackWholeFromAQuarterOfTheBytes() throws IOException {
    Model written = quantized();
    Models.write(file, written);
    Model read = Models.read(file);
    assertEquals(written.quantization(), read.quantization());
    assertTrue(sameBits(written.weights(), read.weights()));
    List<String> held =
        SafeTensors.read(file).tensors().stream().map(NamedTensor::toString).toList();
    assertTrue(held.contains("0.0.weight I8 2x1x3x3"), held.toString());
    assertTrue(held.contains("0.0.weight_scale F32 2"), held.toString());
    assertTrue(held.contains("0.0.input_scale F32 1"), held.toString());
    assertTrue(held.contains("0.0.input_zero_point U8 1"), held.toString());
    assertTrue(held.contains("0.1.weight F32 2"), held.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0.0.weight_scale     | F32 | 0   | needs a tensor '0.0.weight_scale' F32 2, but there is none
          0.3.weight           | F32 | 0   | needs a tensor '0.3.weight' I8 3x2x1x1, but there is none
          0.3.input_scale      | F32 | -1  | layer 0.3: a scale must be positive and finite, but is -1.0
          0.3.input_zero_point | U8  | 7   | layer 0.3: a zero point must be 0 or 128, but is 7
          0.3.input_zero_point | F32 | 128 | needs a tensor '0.3.input_zero_point' U8 1, but it is F32 1
          """)
  void aDamagedQuantizedModelIsRefused(String name, Dtype dtype, float value, String complaint)
      throws IOException {
    Models.write(file, quantized());
    SafeTensors content = SafeTensors.read(file);
    List<NamedTensor> damaged = new ArrayList<>(content.tensors());
    damaged.removeIf(tensor -> tensor.name().equals(name));
    if (value != 0) {
      damaged.add(new NamedTensor(name, dtype, List.of(1L), new float[] {value}));
    }
    SafeTensors.write(file, content.metadata(), damaged);
    IOException e = assertThrows(IOException.class, () -> Models.read(file));
    assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
    assertTrue(e.getMessage().contains(complaint), e.getMessage());
    assertTrue(e.getMessage().endsWith("; quantize the model again"), e.getMessage());
  }
}
