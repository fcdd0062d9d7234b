package org.nin4j.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nin4j.engine.WeightsBits.sameBits;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantizedModelFileTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameAFile() {
    file = folder.resolve("model.safetensors");
  }

  @Test
  void aQuantizedModelComesBackWholeFromAQuarterOfTheBytes() throws IOException {
    Model written = BlockModel.quantized();
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
    Models.write(file, BlockModel.quantized());
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
