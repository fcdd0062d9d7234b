package org.nin4j.io;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nin4j.engine.Quantization;
import org.nin4j.nn.Parameter;

/**
 * A model as tensors and texts, the form in which it can be put into any file that holds both.
 * {@link ImportedModel#of(TensorSource, ImportOptions)} makes the model of them again.
 *
 * @param metadata architecture, classes, preprocessing and provenance, in their order
 * @param tensors the parameters and buffers under PyTorch's names, in its order; of a quantized
 *     model the integers and their scales
 */
public record ModelTensors(Map<String, String> metadata, List<NamedTensor> tensors) {

  /**
   * Returns the tensors and texts of a model.
   *
   * @param model any model
   * @return its tensors, whose values are not copied, and its metadata
   */
  public static ModelTensors of(Model model) {
    List<NamedTensor> tensors = new ArrayList<>();
    for (Parameter parameter : model.network().parameters()) {
      tensors.add(
          NamedTensor.of(
              parameter.name(), parameter.shape(), model.weights().values(parameter.name())));
    }
    Quantization quantization = model.quantization();
    return new ModelTensors(
        ModelMetadata.write(model),
        quantization == null ? tensors : QuantizedTensors.write(quantization, tensors));
  }

  /**
   * Returns whether texts are the metadata of a model that this library has written: then they say
   * its architecture, classes and preprocessing.
   *
   * @param metadata the texts of any file
   * @return whether they are
   */
  public static boolean areComplete(Map<String, String> metadata) {
    return ModelMetadata.areIn(metadata);
  }
}
