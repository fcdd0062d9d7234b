package org.nin4j.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nin4j.engine.Quantization;
import org.nin4j.engine.QuantizationParameters;
import org.nin4j.engine.QuantizedLayer;
import org.nin4j.error.InvalidFileException;
import org.nin4j.nn.Network;
import org.nin4j.nn.Parameter;
import org.nin4j.nn.PlacedLayer;

/**
 * The tensors of a quantized model: weights as I8, and for {@code 2.0.weight} its scales and those
 * of the layer's input, {@code 2.0.weight_scale}, {@code 2.0.input_scale} (F32) and {@code
 * 2.0.input_zero_point} (U8). The names are those of the compressed-tensors format.
 */
final class QuantizedTensors {
  private static final String WEIGHT = ".weight";
  private static final String WEIGHT_SCALE = ".weight_scale";
  private static final String INPUT_SCALE = ".input_scale";
  private static final String INPUT_ZERO_POINT = ".input_zero_point";

  private QuantizedTensors() {}

  /**
   * Replaces the weights of quantized layers by their integers, and adds the scales.
   *
   * @param floats all parameters under their names
   */
  static List<NamedTensor> write(Quantization quantization, List<NamedTensor> floats) {
    List<NamedTensor> tensors = new ArrayList<>();
    List<NamedTensor> integers = new ArrayList<>();
    for (NamedTensor tensor : floats) {
      QuantizedLayer layer = layerOf(tensor.name(), quantization);
      if (layer == null) {
        tensors.add(tensor);
      } else {
        integers.add(
            new NamedTensor(tensor.name(), Dtype.I8, tensor.dims(), integers(tensor, layer)));
      }
    }
    quantization
        .layers()
        .forEach(
            (path, layer) -> {
              float[] scales = new float[layer.weightScales().size()];
              for (int i = 0; i < scales.length; i++) {
                scales[i] = layer.weightScales().get(i);
              }
              QuantizationParameters input = layer.input();
              tensors.add(
                  new NamedTensor(path + WEIGHT_SCALE, List.of((long) scales.length), scales));
              tensors.add(
                  new NamedTensor(path + INPUT_SCALE, List.of(1L), new float[] {input.scale()}));
              integers.add(
                  new NamedTensor(
                      path + INPUT_ZERO_POINT,
                      Dtype.U8,
                      List.of(1L),
                      new float[] {input.zeroPoint()}));
            });
    tensors.addAll(integers); // last, so that floats begin at multiples of their size
    return tensors;
  }

  private static QuantizedLayer layerOf(String parameter, Quantization quantization) {
    return parameter.endsWith(WEIGHT)
        ? quantization.layer(parameter.substring(0, parameter.length() - WEIGHT.length()))
        : null;
  }

  private static float[] integers(NamedTensor tensor, QuantizedLayer layer) {
    float[] values = tensor.values();
    float[] integers = new float[values.length];
    int perOutput = values.length / layer.weightScales().size();
    for (int i = 0; i < values.length; i++) {
      integers[i] = layer.integer(values[i], i / perOutput);
    }
    return integers;
  }

  /** Whether a file holds integers instead of weights. */
  static boolean areIn(List<NamedTensor> tensors) {
    return tensors.stream()
        .anyMatch(tensor -> tensor.name().endsWith(WEIGHT) && tensor.dtype() == Dtype.I8);
  }

  /**
   * Removes the scales, and replaces the integers by real numbers.
   *
   * @param file for messages
   * @param tensors all of the file; left with the parameters as F32
   */
  static Quantization read(Path file, Network network, List<NamedTensor> tensors)
      throws IOException {
    Map<String, NamedTensor> byName = new LinkedHashMap<>();
    tensors.forEach(tensor -> byName.put(tensor.name(), tensor));
    Map<String, QuantizedLayer> layers = new LinkedHashMap<>();
    for (PlacedLayer placed : Quantization.quantizable(network)) {
      Parameter weight = placed.parameter(Parameter.Role.WEIGHT);
      long outputs = weight.shape().dim(0);
      String path = placed.path();
      NamedTensor integers =
          take(
              file,
              byName,
              path + WEIGHT,
              Dtype.I8,
              weight.shape().dims().stream().map(Integer::longValue).toList());
      NamedTensor scales = take(file, byName, path + WEIGHT_SCALE, Dtype.F32, List.of(outputs));
      NamedTensor scale = take(file, byName, path + INPUT_SCALE, Dtype.F32, List.of(1L));
      NamedTensor zero = take(file, byName, path + INPUT_ZERO_POINT, Dtype.U8, List.of(1L));
      try {
        layers.put(path, layer(scales.values(), scale.values()[0], (int) zero.values()[0]));
      } catch (IllegalArgumentException e) {
        throw new InvalidFileException(
            file, "layer " + path + ": " + e.getMessage() + "; quantize the model again", e);
      }
      byName.put(integers.name(), real(integers, scales.values()));
    }
    tensors.clear();
    tensors.addAll(byName.values());
    return new Quantization(layers);
  }

  private static QuantizedLayer layer(float[] weightScales, float inputScale, int inputZeroPoint) {
    List<Float> scales = new ArrayList<>();
    for (float scale : weightScales) {
      scales.add(scale);
    }
    return new QuantizedLayer(new QuantizationParameters(inputScale, inputZeroPoint), scales);
  }

  private static NamedTensor real(NamedTensor integers, float[] scales) {
    float[] values = integers.values().clone();
    int perOutput = values.length / scales.length;
    for (int i = 0; i < values.length; i++) {
      values[i] *= scales[i / perOutput];
    }
    return new NamedTensor(integers.name(), integers.dims(), values);
  }

  private static NamedTensor take(
      Path file, Map<String, NamedTensor> byName, String name, Dtype dtype, List<Long> dims)
      throws IOException {
    NamedTensor tensor = byName.remove(name);
    if (tensor == null || tensor.dtype() != dtype || !tensor.dims().equals(dims)) {
      throw new InvalidFileException(
          file,
          "a quantized model needs a tensor '"
              + name
              + "' "
              + dtype
              + " "
              + TensorInfo.text(dims)
              + ", but "
              + (tensor == null
                  ? "there is none"
                  : "it is " + tensor.dtype() + " " + TensorInfo.text(tensor.dims()))
              + "; quantize the model again",
          null);
    }
    return tensor;
  }
}
