package org.nin4j.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nin4j.engine.Quantization;
import org.nin4j.engine.Weights;
import org.nin4j.error.InvalidFileException;
import org.nin4j.internal.Quoted;
import org.nin4j.nn.Network;
import org.nin4j.nn.Parameter;

/** Makes models of the tensors and metadata that {@link ModelTensors} makes of models. */
final class ModelFile {
  private ModelFile() {}

  /**
   * Reads a model from a file whose metadata say all of it.
   *
   * @throws InvalidFileException when its parts do not fit each other
   */
  static Model model(TensorSource source) throws IOException {
    Path file = source.file();
    ModelMetadata metadata = ModelMetadata.read(file, source.metadata());
    Network network = metadata.network();
    List<NamedTensor> tensors = new ArrayList<>();
    for (TensorInfo tensor : source.tensors().values()) {
      if (!TensorMatching.isCounter(tensor.name())) {
        tensors.add(new NamedTensor(tensor, source.floats(tensor.name())));
      }
    }
    Quantization quantization =
        QuantizedTensors.areIn(tensors) ? QuantizedTensors.read(file, network, tensors) : null;
    try {
      return new Model(
          network,
          weights(file, network.parameters(), tensors),
          metadata.classes(),
          metadata.preprocessing(),
          metadata.provenance(),
          quantization);
    } catch (IllegalArgumentException e) {
      throw new InvalidFileException(file, e.getMessage() + "; save the model again", e);
    }
  }

  private static Weights weights(Path file, List<Parameter> parameters, List<NamedTensor> tensors)
      throws IOException {
    Map<String, NamedTensor> byName = new LinkedHashMap<>();
    tensors.forEach(tensor -> byName.put(tensor.name(), tensor));
    for (Parameter parameter : parameters) {
      requireFit(file, parameter, byName.get(parameter.name()));
    }
    Set<String> known = new HashSet<>();
    parameters.forEach(parameter -> known.add(parameter.name()));
    for (NamedTensor tensor : tensors) {
      if (!known.contains(tensor.name())) {
        throw new InvalidFileException(
            file,
            "holds a tensor "
                + Quoted.text(tensor.name())
                + " ("
                + TensorInfo.text(tensor.dims())
                + ") that its architecture does not have; save the model again",
            null);
      }
    }
    Weights weights = Weights.zeros(parameters);
    for (int i = 0; i < parameters.size(); i++) {
      float[] values = byName.get(parameters.get(i).name()).values();
      System.arraycopy(values, 0, weights.values(i), 0, values.length);
    }
    return weights;
  }

  private static void requireFit(Path file, Parameter parameter, NamedTensor tensor)
      throws IOException {
    String itself = "tensor '" + parameter.name() + "'";
    if (tensor == null) {
      throw new InvalidFileException(
          file,
          itself
              + " ("
              + parameter.shape()
              + ") of its architecture is missing; save the model again",
          null);
    }
    if (!tensor.hasShape(parameter.shape())) {
      throw new InvalidFileException(
          file,
          itself
              + " must be "
              + parameter.shape()
              + " for its architecture, but is "
              + TensorInfo.text(tensor.dims())
              + "; save the model again",
          null);
    }
    if (tensor.dtype() != Dtype.F32) {
      throw new InvalidFileException(
          file,
          itself + " is " + tensor.dtype() + "; only F32 can be used here, save the model as F32",
          null);
    }
  }
}
